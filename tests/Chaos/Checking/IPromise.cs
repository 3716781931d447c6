namespace Molino.Chaos;

/// <summary>Checks one promise against a history. Pure.</summary>
internal interface IPromise
{
    IEnumerable<Violation> Check(History history);
}
