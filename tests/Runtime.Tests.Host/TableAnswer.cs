namespace Molino.Runtime.TestHost;

public sealed record TableAnswer(byte[]? Document, TableBeat[]? Beats, bool IsWritten);
