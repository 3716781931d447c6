namespace Molino.Runtime.Tests.Turns;

/// <summary>Notices when two threads are in the same grain at once.</summary>
internal sealed class StressState
{
    private int _inside;

    public int Overlaps { get; private set; }

    public int Calls { get; private set; }

    public async Task WorkAsync(int awaits)
    {
        for (var i = 0; i < awaits; i++)
        {
            Turn();
            switch (i % 4)
            {
                case 0:
                    await Task.Yield();
                    break;
                case 1:
                    await Task.Run(() => Thread.SpinWait(50));
                    break;
                case 2:
                    await Task.Delay(1);
                    break;
                default:
                    await NestedAsync();
                    break;
            }
        }

        Turn();
        Calls++;
    }

    private async Task NestedAsync()
    {
        await Task.Yield();
        Turn();
    }

    private void Turn()
    {
        if (Interlocked.Exchange(ref _inside, 1) == 1)
        {
            Overlaps++;
        }

        Thread.SpinWait(20);
        Volatile.Write(ref _inside, 0);
    }
}
