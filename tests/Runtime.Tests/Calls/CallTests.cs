using Molino.Runtime.Tests.Testing;

namespace Molino.Runtime.Tests.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task call_with_arguments_returns_result()
    {
        await using var silo = await TestSilo.StartAsync(mayBeHostile: true);
        var grain = silo.Grains.GetGrain<IEchoGrain>("a");

        (await grain.EchoAsync("hello")).ShouldBe("hello");
        (await grain.AddAsync(2, 3)).ShouldBe(5);
        await grain.NothingAsync();
        (await grain.WhoAmIAsync()).ShouldBe("a");
    }
}
