using Sigma.Hosting.Health;
using Sigma.Simulator;

if (HealthProbe.IsAskedFor(args))
{
    return await HealthProbe.Run();
}

if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

if (CommandLine.Complaint(args) is { } complaint)
{
    Console.Error.WriteLine(complaint);
    Console.Error.WriteLine(CommandLine.Help);
    return 2;
}

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.Configuration.AddCommandLine(args, CommandLine.Switches);
    builder.AddSimulatorFromConfiguration();

    var app = builder.Build();
    app.MapSimulator();
    await app.RunAsync();
    return 0;
}
catch (SimulatorSettingsException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
