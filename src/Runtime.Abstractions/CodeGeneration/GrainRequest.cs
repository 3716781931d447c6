using System.ComponentModel;
using Molino.Runtime.Copying;
using Molino.Runtime.Wire;
using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>One call on its way. Generated code derives one class per grain method, which holds the arguments.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainRequest : WorkItem
{
    private RemoteParts? _remote;

    private protected GrainRequest()
    {
    }

    /// <summary>Gets the facts about the method.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>Gets or sets where the call goes.</summary>
    internal GrainReference? Target { get; set; }

    /// <summary>Gets or sets what flows along.</summary>
    internal RequestContextData? Context { get; set; }

    /// <summary>Gets or sets the link to the caller's token, when it has one that can be cancelled.</summary>
    internal CallCancellation? Cancellation { get; set; }

    /// <summary>Gets or sets where the answer goes when the caller is in another process.</summary>
    internal IAnswerSink? Sink
    {
        get => _remote?.Sink;
        set => (_remote ??= new()).Sink = value;
    }

    /// <summary>Gets or sets the connection that the call was sent on, when its grain is in another process.</summary>
    internal object? Carrier
    {
        get => _remote?.Carrier;
        set => (_remote ??= new()).Carrier = value;
    }

    /// <summary>Gets or sets the number of the call on that connection.</summary>
    internal ulong CarrierId
    {
        get => _remote?.CarrierId ?? 0;
        set => (_remote ??= new()).CarrierId = value;
    }

    /// <summary>Gets or sets how often the call was sent from silo to silo.</summary>
    internal int Hops
    {
        get => _remote?.Hops ?? 0;
        set => (_remote ??= new()).Hops = value;
    }

    /// <summary>Gets or sets the activation that runs the call.</summary>
    internal ITurnHost? Executor { get; set; }

    /// <summary>Gets or sets where the call stands; changed only on the turns of its activation.</summary>
    internal RequestPhase Phase { get; set; }

    /// <summary>Gets or sets the sweep after which the call has timed out.</summary>
    internal long Deadline { get; set; }

    /// <summary>Gets or sets the index of the tracker's shard, or -1 while untracked.</summary>
    internal int Shard { get; set; } = -1;

    /// <summary>Gets or sets the neighbour in the tracker's list.</summary>
    internal GrainRequest? TrackedBefore { get; set; }

    /// <summary>Gets or sets the neighbour in the tracker's list.</summary>
    internal GrainRequest? TrackedAfter { get; set; }

    /// <summary>Gets a value indicating whether the caller does not wait.</summary>
    internal bool IsOneWay => Method.Options.HasFlag(GrainCallOptions.OneWay);

    /// <summary>Gets a value indicating whether the call dies with its activation instead of going to the next one.</summary>
    internal virtual bool IsLocalOnly => false;

    /// <summary>Gets a value indicating whether the call counts as use of the activation.</summary>
    internal virtual bool CountsAsUse => true;

    /// <inheritdoc/>
    internal override bool IsBounded => Phase == RequestPhase.Pending;

    /// <summary>Gets a value indicating whether the caller has its answer already.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>Gets the error of a finished invocation, or null.</summary>
    internal abstract Exception? InvocationError { get; }

    /// <summary>Replaces the arguments by copies.</summary>
    /// <param name="context">Makes the copies.</param>
    public virtual void CopyArguments(CopyContext context)
    {
    }

    /// <summary>Writes the arguments as members, numbered by position, without the end.</summary>
    /// <param name="writer">The writer.</param>
    public virtual void WriteArguments(WireWriter writer)
    {
    }

    /// <summary>Reads the arguments up to the end. Those that the sender does not have keep their defaults.</summary>
    /// <param name="reader">The reader.</param>
    public virtual void ReadArguments(ref WireReader reader) => reader.SkipRest(isEnd: false);

    /// <inheritdoc/>
    internal override void Execute(ITurnHost host) => host.Accept(this);

    /// <summary>Runs on the turn after the invocation has finished.</summary>
    internal virtual void OnEnded()
    {
    }

    /// <summary>Calls the grain.</summary>
    /// <param name="grain">The grain object.</param>
    /// <returns>True when the invocation has finished.</returns>
    internal abstract bool Invoke(object grain);

    /// <summary>Calls the grain through filters.</summary>
    /// <param name="grain">The grain object.</param>
    /// <param name="context">The activation.</param>
    /// <param name="filters">The filters of the silo.</param>
    /// <returns>True when the invocation has finished.</returns>
    internal abstract bool Invoke(object grain, IGrainContext context, Orleans.IIncomingGrainCallFilter[] filters);

    /// <summary>Has <paramref name="host"/> told when the invocation finishes.</summary>
    /// <param name="host">The activation.</param>
    internal abstract void WhenInvoked(ITurnHost host);

    /// <summary>Answers the caller with the outcome of the finished invocation.</summary>
    /// <param name="copies">Makes a copy of the result, or null when it is handed over as it is.</param>
    /// <returns>True when the caller had no answer yet.</returns>
    internal abstract bool TryAnswer(CopyContext? copies);

    /// <summary>Answers the caller with an error.</summary>
    /// <param name="error">The error.</param>
    /// <returns>True when the caller had no answer yet.</returns>
    internal abstract bool TryFail(Exception error);

    /// <summary>Writes result or error of the finished invocation.</summary>
    /// <param name="writer">The writer.</param>
    internal abstract void WriteOutcome(WireWriter writer);

    /// <summary>Reads what <see cref="WriteOutcome"/> wrote, as if the invocation had happened here.</summary>
    /// <param name="reader">The reader.</param>
    internal abstract void ReadOutcome(ref WireReader reader);
}
