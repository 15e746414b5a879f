using Sigma.Standalone;

// All services in one process: messages in memory, state in a SQLite file.
// With a Segware token, or another source, it is a small station's whole installation; without any it shows itself on a simulated station.
var builder = WebApplication.CreateBuilder(args);
return Installation.IsConfigured(builder.Configuration)
    ? await Installation.Run(builder)
    : await Demonstration.Run(builder);
