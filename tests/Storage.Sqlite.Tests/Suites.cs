using Molino.Conformance.Stores;

namespace Molino.Storage.Sqlite.Tests;

// One subclass for each suite that every store has to pass.
public sealed class SqliteBatchTests : BatchConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteLeaseTests : LeaseConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteDueTests : DueConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteRecoveryTests : RecoveryConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteListTests : ListConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteEventTests : EventConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteRetentionTests : RetentionConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteIdempotencyTests : IdempotencyConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteContentTests : ContentConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteStateTests : StateConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteReminderTests : ReminderConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteModelTests : ModelConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteCrashTests : CrashConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteMovingTests : MovingConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}

public sealed class SqliteMovingUnderLoadTests : MovingUnderLoadConformance
{
    protected override StoreHarness CreateHarness() => new SqliteHarness();
}
