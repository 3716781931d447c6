using Orleans;

namespace Molino.Runtime.Tests.Copying;

public interface ICopyGrain : IGrainWithStringKey
{
    Task KeepAsync(Parcel parcel);

    Task<Parcel> KeptAsync();

    Task<Envelope> EnvelopeAsync(Envelope envelope);

    Task<Label> LabelAsync(Label label);

    Task<Page<Parcel>> PageAsync(Page<Parcel> page);

    Task<object> ObjectAsync(object value);

    Task<byte[]> HandOverAsync([Immutable] byte[] bytes);

    Task<byte[]> BytesAsync(byte[] bytes);
}
