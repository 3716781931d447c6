namespace Molino.Chaos;

/// <summary>How many jobs a silo runs at once.</summary>
internal static class Slots
{
    public const int Main = 16;
    public const int Ordered = 2;

    public static int Of(string queue) => queue == JobPlan.OrderedQueue ? Ordered : Main;
}
