namespace Molino.Conformance.Http;

/// <summary>An API that tests call by its address: one in this process, or a real silo elsewhere.</summary>
public interface IApiUnderTest
{
    /// <summary>Where it listens.</summary>
    Uri Address { get; }

    /// <summary>Calls it.</summary>
    HttpClient Client { get; }
}
