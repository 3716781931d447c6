using Orleans;

namespace Molino.Runtime.Tests.Copying;

[GenerateSerializer]
[Alias("test.special-parcel.v1")]
public sealed class SpecialParcel(int secret) : Parcel(secret)
{
    [Id(0)]
    public List<string> Extras { get; private set; } = ["extra"];
}
