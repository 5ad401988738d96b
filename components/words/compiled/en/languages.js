// Made from the catalogues by `npm run words`.
export default {"heading":`Language`,
"label":`Language of the page`,
"browser":`As the browser says`,
"help":`The page loads anew for it. What is written stays.`};
