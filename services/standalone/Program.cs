using Sigma.Standalone;

// Fetcher, evaluator, notifier and console in one process: messages in memory, state in a SQLite file.
// With a Segware token it is a small station's whole installation; without one it shows itself on a simulated station.
var builder = WebApplication.CreateBuilder(args);
return builder.Configuration["Segware:BearerToken"] is { Length: > 0 }
    ? await Installation.Run(builder)
    : await Demonstration.Run(builder);
