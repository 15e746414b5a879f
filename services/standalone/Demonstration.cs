using Sigma.Hosting;
using Sigma.Simulator;
using Sigma.Standalone.ConsoleOutput;

namespace Sigma.Standalone;

/// <summary>A simulated station, eighty times faster than life: an excess is raised within seconds and cleared a window of two hours later.</summary>
internal static class Demonstration
{
    const int Speed = 80;

    public static async Task<int> Run(WebApplicationBuilder builder)
    {
        var clock = new ScaledClock(Speed);
        await using var simulator = await SimulatorApp.Start(new SimulatorOptions { Scenario = "demo" }, clock);
        var folder = Directory.CreateTempSubdirectory("sigma-demo-");
        try
        {
            Console.WriteLine($"""
                A simulated station, {Speed} times faster than life. An alert comes within 15 seconds and is cleared within 2 minutes; meanwhile an
                agent falls silent, a disk fills up and a site goes down. The console, whose address comes below, shows it live. Ctrl+C ends it.
                What Segware and ChatPro receive: {simulator.Url}
                For a real station set Segware__BearerToken, ChatPro__InstanceId, ChatPro__Recipient and ChatPro__Token (see .env.example).

                """);
            builder.Services.AddSingleton<TimeProvider>(clock);
            builder.Services.AddSingleton(simulator);
            builder.Services.AddHostedService<WhatsAppEcho>();
            builder.Services.AddHostedService<ProgressLog>().AddHostedService<DemonstratedSenders>();
            DemonstratedIntegrations integrations = new();
            builder.Services.AddSingleton(integrations);
            Installation.Defaults(builder,
                new(integrations.Settings())
                    { ["urls"] = "http://127.0.0.1:0", ["Fetcher:PollInterval"] = "00:02:00", ["Fetcher:Overlap"] = "00:03:00",
                        // At this speed a hiccup of the machine is ten minutes.
                        ["Fetcher:LateAfter"] = "00:30:00", ["Notifier:Blindness:After"] = "02:00:00",
                    });
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:Provider"] = "Sqlite",
                ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder.FullName, "sigma.db")};Pooling=False",
                ["Archive:Folder"] = Path.Combine(folder.FullName, "archive"),
                ["Bus:Transport"] = "InMemory",
                ["Segware:BaseUrl"] = simulator.Url.ToString(),
                ["Segware:BearerToken"] = simulator.Options.Token,
                ["ChatPro:BaseUrl"] = simulator.Url.ToString(),
                ["ChatPro:InstanceId"] = "demo",
                ["ChatPro:Recipient"] = "120363000000000000@g.us",
                ["ChatPro:Token"] = simulator.Options.ChatProToken,
                ["Console:SignInOnLoopback"] = "true",
            });
            return await ServiceHost.Run("standalone", builder, Installation.Compose);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
