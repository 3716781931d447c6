using Orleans;

namespace Molino.Runtime.Tests.Turns;

public interface IOrderGrain : IGrainWithStringKey
{
    Task NoteAsync(int number);

    Task<List<int>> NotesAsync();
}
