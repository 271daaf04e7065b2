/** Where `vite build` puts the dashboard: a folder of static files, for whoever serves them. */
export const dashboardFolder = new URL('../dist/', import.meta.url)
