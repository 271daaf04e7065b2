/** How the names of instrumentations start, where keys say nothing by themselves. */
export const claudeCode = 'com.anthropic.claude_code'
export const codex = 'codex'
export const geminiCli = 'gemini-cli'
export const codingClis = [claudeCode, codex, geminiCli]
