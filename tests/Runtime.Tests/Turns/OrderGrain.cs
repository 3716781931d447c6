using Orleans;

namespace Molino.Runtime.Tests.Turns;

public sealed class OrderGrain : Grain, IOrderGrain
{
    private readonly List<int> _notes = [];

    public async Task NoteAsync(int number)
    {
        _notes.Add(number);
        await Task.Yield();
    }

    public Task<List<int>> NotesAsync() => Task.FromResult(_notes);
}
