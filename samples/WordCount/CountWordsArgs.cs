using Molino;

namespace WordCount;

/// <summary>Arguments of the job type <c>words.count</c>: the JSON schema that submits are checked against comes from this record.</summary>
[JobType("words.count")]
public sealed record CountWordsArgs(string Text);
