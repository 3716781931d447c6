using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Molino.Bench;

/// <summary>Waits for instants with the kernel's precision (some 60 us late), where the runtime's timers know whole milliseconds.</summary>
internal static partial class Pace
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Blocks the thread until an instant of <see cref="Stopwatch.GetTimestamp"/>; returns at once when it is past.</summary>
    public static void WaitUntil(long timestamp)
    {
        var left = (long)(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), timestamp).TotalSeconds * NanosecondsPerSecond);
        if (left <= 0) return;
        var span = new Timespec { Seconds = (nint)(left / NanosecondsPerSecond), Nanoseconds = (nint)(left % NanosecondsPerSecond) };
        _ = NanoSleep(in span, IntPtr.Zero);
    }

    /// <summary>Blocks the thread for a while; returns at once for none.</summary>
    public static void Wait(TimeSpan span)
    {
        if (span > TimeSpan.Zero) WaitUntil(Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency));
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in Timespec span, IntPtr left);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
