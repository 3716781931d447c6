using Molino.Core;
using Orleans.Runtime;

namespace Molino.Client.Gateway.Tests;

/// <summary>What may be repeated, and what the caller is told: the rules of HTTP.</summary>
public sealed class GatewayFailureTests
{
    [Theory]
    [InlineData(true, true, ClientErrorCodes.NotReachable)]
    [InlineData(false, false, ErrorCodes.OutcomeUnknown)]
    public void Lost_gateway_and_silence_are_repeated_only_where_twice_is_once(bool isSafe, bool canRepeat, string code)
    {
        foreach (var error in new Exception[] { new SiloUnavailableException("gone"), new TimeoutException("late"), new OrleansException("cut") })
        {
            var failure = Judge(error, isSafe);
            failure.CanRepeat.ShouldBe(canRepeat);
            failure.Error.ShouldBeOfType<JobSystemException>().Code.ShouldBe(code);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Call_that_was_turned_away_is_repeated(bool isSafe)
    {
        Judge(new LimitExceededException("full"), isSafe).CanRepeat.ShouldBeTrue();
        Judge(new JobSystemException(ClientErrorCodes.NotReachable, "nobody"), isSafe).CanRepeat.ShouldBeTrue();
        foreach (var code in new[] { ErrorCodes.StoreUnavailable, ErrorCodes.ShuttingDown })
        {
            var failure = Judge(new JobSystemException(code, "later"), isSafe);
            failure.CanRepeat.ShouldBeTrue();
            failure.Wait.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
            failure.Error.ShouldBeOfType<RefusedException>().StatusCode.ShouldBe(503);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Unknown_outcome_inside_the_cluster_is_repeated_only_where_twice_is_once(bool isSafe, bool canRepeat) =>
        Judge(new JobSystemException(ErrorCodes.OutcomeUnknown, "?"), isSafe).CanRepeat.ShouldBe(canRepeat);

    [Theory]
    [InlineData(ErrorCodes.NotFound, 404)]
    [InlineData(ErrorCodes.Gone, 410)]
    [InlineData(ErrorCodes.IllegalTransition, 409)]
    [InlineData(ErrorCodes.StoreFull, 503)]
    [InlineData(ErrorCodes.SiloUnavailable, 503)]
    [InlineData("something_new", 500)]
    public void Refusal_is_what_http_gives(string code, int status)
    {
        var failure = Judge(new JobSystemException(code, "no"), isSafe: true);

        failure.CanRepeat.ShouldBeFalse();
        var refusal = failure.Error.ShouldBeOfType<RefusedException>();
        (refusal.Code, refusal.Message, refusal.StatusCode).ShouldBe((code, "no", status));
    }

    [Fact]
    public void Bad_input_wrong_secret_and_what_nobody_expects_are_told_as_they_are()
    {
        foreach (var error in new Exception[]
        {
            new JobValidationException(ErrorCodes.InvalidJob, "type", "needed"), new JobSystemException(ClientErrorCodes.Unauthorized, "secret"), new InvalidOperationException("bug"),
        })
        {
            var failure = Judge(error, isSafe: true);
            failure.CanRepeat.ShouldBeFalse();
            failure.Error.ShouldBeSameAs(error);
        }
    }

    private static GatewayFailure Judge(Exception error, bool isSafe) => GatewayFailure.Of(error, isSafe ? Repeat.Always : Repeat.IfNotDone, "a call");
}
