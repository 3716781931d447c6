using Molino.Cli;

return await CommandLine.RunAsync(args);
