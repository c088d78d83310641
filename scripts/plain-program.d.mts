export function makePlainProgram(entry: string, folder?: string): Promise<string>
