using Orleans;

namespace Molino.Runtime.Tests.Wire;

[GenerateSerializer, Alias("test.coded-error")]
public class CodedException(string code, string message) : Exception(message)
{
    [Id(0)]
    public string Code { get; } = code;
}
