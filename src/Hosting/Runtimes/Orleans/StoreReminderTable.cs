namespace Molino.Hosting;

/// <summary>What Orleans asks of a reminder table beyond what the embedded runtime does.</summary>
internal sealed partial class StoreReminderTable
{
    /// <summary>Refused: Orleans calls it from its own tests only, and a store in use is never emptied.</summary>
    public Task TestOnlyClearTable() => throw new NotSupportedException("Reminders in a job store are removed one by one.");
}
