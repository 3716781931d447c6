using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Copying;

/// <summary>Hands its arguments to the test, which looks whether they are the caller's own.</summary>
public sealed class CopyGrain(Received received) : Grain, ICopyGrain
{
    private Parcel? _kept;

    public Task KeepAsync(Parcel parcel)
    {
        _kept = parcel;
        return Task.CompletedTask;
    }

    public Task<Parcel> KeptAsync() => Task.FromResult(_kept!);

    public Task<Envelope> EnvelopeAsync(Envelope envelope) => Task.FromResult(received.Take(envelope));

    public Task<Label> LabelAsync(Label label) => Task.FromResult(received.Take(label));

    public Task<Page<Parcel>> PageAsync(Page<Parcel> page) => Task.FromResult(page);

    public Task<object> ObjectAsync(object value) => Task.FromResult(received.Take(value));

    public Task<byte[]> HandOverAsync(byte[] bytes) => Task.FromResult(received.Take(bytes));

    public Task<byte[]> BytesAsync(byte[] bytes) => Task.FromResult(received.Take(bytes));
}
