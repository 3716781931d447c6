using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>What an operator does about the store.</summary>
/// <param name="transport">Reaches it.</param>
internal sealed class StoreAcceptCalls(IMolinoTransport transport)
{
    private static readonly FieldNames AcceptFields = new("confirm");

    /// <summary><c>POST /api/store/accept</c>.</summary>
    private static readonly ApiCall Accept = new()
    {
        Name = "acceptStore",
        Group = "Cluster",
        Summary = "Accept the store that replaced the one known",
        Description = """
            After `store_replaced`: the store is empty or another one, so nothing is taken and nothing started. Restore the store that was there, or accept the one that is: what was in the
            other is gone then. `confirm` is the cluster's id (`Cluster:Id`). All silos follow within seconds; those that ran start anew. Does nothing while the store is the one known.
            """,
        Role = Role.Admin,
        Body = new ApiBody(typeof(StoreAcceptance), """{"confirm":"molino"}"""),
        Answers = [new ApiAnswer(200, "The store.", typeof(StoreView), """{"accepted":true,"status":"ok"}""")],
    };

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls) => calls.Add("POST", "/api/store/accept", Accept, AcceptAsync);

    private async Task AcceptAsync(HttpContext context, CallQuery query)
    {
        var confirm = await RequestBody.ReadAsync(context, query.Call, static body => ReadConfirm(body));
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await transport.AcceptStoreAsync(confirm, context.RequestAborted));
    }

    private static string ReadConfirm(ReadOnlySpan<byte> body)
    {
        var reader = JobRequests.Open(body, AcceptFields);
        string? confirm = null;
        while (reader.NextField() >= 0) confirm = reader.Text();
        JobRequests.Close(ref reader);
        return confirm ?? throw new JobValidationException(ErrorCodes.InvalidRequest, "confirm", "Give the cluster's id.");
    }
}
