using Molino.Conformance.Stores;

namespace Molino.Storage.Redis.Tests;

// One subclass for each suite that every store has to pass.
public sealed class RedisBatchTests : BatchConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisLeaseTests : LeaseConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisDueTests : DueConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisRecoveryTests : RecoveryConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisListTests : ListConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisEventTests : EventConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisRetentionTests : RetentionConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisIdempotencyTests : IdempotencyConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisContentTests : ContentConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisStateTests : StateConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisReminderTests : ReminderConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisModelTests : ModelConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisCrashTests : CrashConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisMovingTests : MovingConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}

public sealed class RedisMovingUnderLoadTests : MovingUnderLoadConformance
{
    protected override StoreHarness CreateHarness() => new RedisHarness();
}
