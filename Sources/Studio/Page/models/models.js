export const models = { show() {} };
export function importModel(_file) {}
