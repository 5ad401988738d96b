// Made from the catalogues by `npm run words`.
export default {"product":`Tandem`,
"tagline":`A collaborative text editor`,
"missing":{"heading":`There is no room here.`,
"body":`The link may have lost a letter on its way, or the owner deleted the room. Nothing of yours was changed.`,
"start":`Start a new room`,
"rooms":`My rooms`},
"unknownPage":{"heading":`There is no page here.`,
"body":`The address may have lost a letter on its way.`},
"failure":{"heading":`The room cannot be shown now.`,
"body":`The server did not answer as it should. What was saved is still on its disk.`,
"again":`Try again`}};
