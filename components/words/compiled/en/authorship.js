// Made from the catalogues by `npm run words`.
export default {"label":`Who wrote what`,
"somebody":`Somebody`,
"by":(args) => `${args.a}, ${args.b}`,
"also":(args) => `Also ${args.a}`,
"today":(args) => `today, ${args.a}`,
"yesterday":(args) => `yesterday, ${args.a}`,
"date":(args) => `${args.a}, ${args.b}`,
"line":(args, formatter) => `Line ${formatter.number(args.a)}: ${args.b}`,
"empty":`nothing written here`};
