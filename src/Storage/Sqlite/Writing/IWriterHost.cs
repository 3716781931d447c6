namespace Molino.Storage.Sqlite.Writing;

/// <summary>What the writer asks of the store around it. All calls come on the writer's thread.</summary>
internal interface IWriterHost
{
    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>Opens the file for writing and publishes what readers need of the session.</summary>
    WriteSession OpenSession();

    /// <summary>A commit is done; nobody was answered yet.</summary>
    void Committed(WriteSession session);

    /// <summary>Between commits.</summary>
    void AfterCommit(WriteSession session);

    /// <summary>The last commit is done and the file is about to be closed.</summary>
    void Closing(WriteSession session);
}
