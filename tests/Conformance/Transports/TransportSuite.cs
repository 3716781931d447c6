using Molino.Client;

namespace Molino.Conformance.Transports;

/// <summary>What every transport does alike, whatever it runs over.</summary>
/// <param name="subject">The transport.</param>
public abstract class TransportSuite(ITransportUnderTest subject)
{
    /// <summary>Long enough for a busy machine.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected IMolinoTransport Transport => subject.Transport;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static JobSubmission Job(string type, object? args = null) => new() { Type = type, Args = args is null ? default : RawJson.From(args) };

    protected static JobSubmission Held(string? queue = null) => new() { Type = "noop", Hold = true, Queue = queue };

    protected static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    protected async Task<JobView> RunAsync(JobSubmission job) => (await Transport.SubmitAsync(job, Patience, Token)).Job;

    protected async Task<JobView> SubmitAsync(JobSubmission job) => (await Transport.SubmitAsync(job, TimeSpan.Zero, Token)).Job;

    /// <summary>Checks that a call is refused as the server refuses it.</summary>
    protected static async Task<RefusedException> RefusedAsync(Func<Task> call, string code, int status)
    {
        var refusal = await Should.ThrowAsync<RefusedException>(call);
        refusal.Code.ShouldBe(code);
        refusal.StatusCode.ShouldBe(status);
        refusal.Message.ShouldNotBeNullOrWhiteSpace();
        return refusal;
    }

    /// <summary>Checks that a call is refused for its input.</summary>
    protected static async Task InvalidAsync(Func<Task> call, string code, string field)
    {
        var refusal = await Should.ThrowAsync<JobValidationException>(call);
        refusal.Code.ShouldBe(code);
        refusal.Errors.Keys.ShouldContain(field);
        refusal.Errors[field].ShouldNotBeEmpty();
        refusal.Message.ShouldNotBeNullOrWhiteSpace();
    }
}
