namespace Molino.Client.Tests;

[JobType("echo")]
public sealed record EchoArgs(string Text, int Number = 0);
