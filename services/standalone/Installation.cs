using System.Security.Cryptography;
using Microsoft.Extensions.Configuration.Memory;
using Sigma.Archive;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.Notifier;
using Sigma.OperatorConsole;
using Sigma.Standalone.ConsoleOutput;

namespace Sigma.Standalone;

/// <summary>All services and the console for a real station.</summary>
internal static class Installation
{
    // Who names one of these has something to watch, or somebody to tell.
    static readonly string[] Wanted =
        ["Fetcher:StatusFeeds", "Fetcher:Probes:Checks", "Fetcher:Prefect", "Gateway:Integrations", "Notifier:Receivers"];

    /// <summary>Whether the settings are of a real station: they name Segware's token, another source, or a receiver.</summary>
    public static bool IsConfigured(IConfiguration settings) =>
        settings["Segware:BearerToken"] is { Length: > 0 } || Wanted.Any(section => settings.GetSection(section).GetChildren().Any());

    public static Task<int> Run(WebApplicationBuilder builder)
    {
        Defaults(builder, new()
        {
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(Directory.CreateDirectory("data").FullName, "sigma.db")}",
            ["Archive:Folder"] = Path.Combine("data", "archive"),
            ["Bus:Transport"] = "InMemory",
            // Messages end with the process: what was published shortly before the last stop is published again.
            ["Fetcher:AskAgainAtStart"] = "02:00:00",
            ["urls"] = "http://127.0.0.1:8080",
        });
        return ServiceHost.Run("standalone", builder, Compose);
    }

    public static void Compose(ServiceBuilder service)
    {
        service.AddFetcher().AddEvaluator().AddNotifier().AddConsole().AddArchive().AddGateway();
        service.Services.AddHostedService<ConsoleAddress>().AddHostedService<Summary>();
        service.Services.AddLogging(logging => logging.AddPlainLines());
    }

    /// <summary>Settings that give way to every other source, and a key by which the console asks the services within this process.</summary>
    public static void Defaults(WebApplicationBuilder builder, Dictionary<string, string?> settings) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = settings.Append(new("Api:Key", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)))),
        });
}
