using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Hostility;
using Molino.Runtime.Tests.Testing;
using Orleans.Hosting;
using Orleans.Serialization;

namespace Molino.Runtime.Tests.Copying;

public sealed class CopyingTests
{
    [Fact]
    public async Task mutable_argument_and_result_are_copied_in_depth()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ICopyGrain>("a");
        var parcel = NewParcel();
        await grain.KeepAsync(parcel);
        parcel.Numbers.Add(99);
        parcel.Blobs["b"][0] = 99;
        parcel.Inner!.Numbers.Add(99);

        var kept = await grain.KeptAsync();
        kept.Numbers.Add(77);
        var again = await grain.KeptAsync();

        again.ShouldNotBeSameAs(kept);
        again.Name.ShouldBe("outer");
        again.Secret().ShouldBe(42);
        again.Numbers.ShouldBe([1, 2]);
        again.Blobs["b"].ShouldBe([1]);
        again.Inner!.Numbers.ShouldBe([3]);
        again.Labels!.ShouldBe([new Label("fragile", 2)]);
        again.Details!.Value.Notes.ShouldBe(["note"]);
    }

    [Fact]
    public async Task cycles_and_shared_parts_keep_their_shape()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ICopyGrain>("a");
        var parcel = NewParcel();
        parcel.Inner!.Inner = parcel;

        await grain.KeepAsync(parcel);
        var copy = await grain.KeptAsync();

        copy.Inner!.Inner.ShouldBeSameAs(copy);
    }

    [Fact]
    public async Task derived_type_is_copied_as_what_it_is()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ICopyGrain>("a");
        var special = new SpecialParcel(7) { Name = "special", Numbers = [1] };

        await grain.KeepAsync(special);
        special.Extras.Add("late");
        var copy = (await grain.KeptAsync()).ShouldBeOfType<SpecialParcel>();

        copy.Extras.ShouldBe(["extra"]);
        copy.Secret().ShouldBe(7);
        copy.Numbers.ShouldBe([1]);
    }

    [Fact]
    public async Task what_cannot_change_is_handed_over_as_it_is()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ICopyGrain>("a");
        var envelope = new Envelope([1]);
        var label = new Label("x", 1);
        byte[] bytes = [1, 2, 3];

        (await grain.EnvelopeAsync(envelope)).ShouldBeSameAs(envelope);
        (await grain.LabelAsync(label)).ShouldBeSameAs(label);
        await grain.HandOverAsync(bytes);
        silo.Services.GetRequiredService<Received>().Last.ShouldBeSameAs(bytes);
        await grain.BytesAsync(bytes);
        silo.Services.GetRequiredService<Received>().Last.ShouldNotBeSameAs(bytes);
    }

    [Fact]
    public async Task hostile_mode_copies_even_what_is_declared_immutable()
    {
        await using var silo = await StartAsync(hostile: true);
        var grain = silo.Grains.GetGrain<ICopyGrain>("a");
        var envelope = new Envelope([1, 2]);
        var label = new Label("x", 1);
        byte[] bytes = [1, 2, 3];

        var back = await grain.EnvelopeAsync(envelope);
        back.ShouldNotBeSameAs(envelope);
        back.Content.ShouldNotBeSameAs(envelope.Content);
        back.Content.ShouldBe([1, 2]);
        var labelBack = await grain.LabelAsync(label);
        labelBack.ShouldBe(label);
        labelBack.ShouldNotBeSameAs(label);
        await grain.HandOverAsync(bytes);
        silo.Services.GetRequiredService<Received>().Last.ShouldNotBeSameAs(bytes);
    }

    [Fact]
    public async Task generic_message_is_copied()
    {
        await using var silo = await StartAsync();
        var parcel = NewParcel();

        var page = await silo.Grains.GetGrain<ICopyGrain>("a").PageAsync(new Page<Parcel>([parcel], 3));

        page.Number.ShouldBe(3);
        page.Items[0].ShouldNotBeSameAs(parcel);
        page.Items[0].Numbers.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task object_is_copied_by_its_type_or_refused_by_name()
    {
        await using var silo = await StartAsync();
        var grain = silo.Grains.GetGrain<ICopyGrain>("a");

        (await grain.ObjectAsync("text")).ShouldBe("text");
        (await grain.ObjectAsync(NewParcel())).ShouldBeOfType<Parcel>().Name.ShouldBe("outer");
        var error = await Should.ThrowAsync<CodecNotFoundException>(grain.ObjectAsync(new System.Text.StringBuilder()));
        error.Message.ShouldContain("StringBuilder");
    }

    private static Task<TestSilo> StartAsync(bool hostile = false) => TestSilo.StartAsync(s =>
    {
        s.Services.AddSingleton<Received>();
        s.Services.PostConfigure<HostileOptions>(o =>
        {
            o.Enabled = hostile;
            o.DoubleActivationRate = o.EarlyCollectionRate = 0;
        });
    });

    private static Parcel NewParcel() => new(42)
    {
        Name = "outer",
        Numbers = [1, 2],
        Blobs = new() { ["b"] = [1] },
        Inner = new Parcel(43) { Name = "inner", Numbers = [3] },
        Labels = [new Label("fragile", 2)],
        Details = (5, ["note"]),
    };
}
