using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Archive;
using Sigma.Cli;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Gateway;
using Sigma.Hosting;
using Sigma.Notifier;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Console.Operations;
using Sigma.Simulator;
using Sigma.Simulator.Segware;

namespace Sigma.ServiceTests.Console.Cli;

/// <summary>An evaluator, a notifier and a console in one process; and people who type <c>sigma …</c> with nothing but a token.</summary>
internal sealed class ConsoleShell : IAsyncDisposable
{
    readonly SimulatorApp _simulator;
    readonly ConsoleSession _console;
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-cli-");

    ConsoleShell(SimulatorApp simulator, ConsoleSession console) => (_simulator, _console) = (simulator, console);

    public static Task<ConsoleShell> Start(params (string Key, string Value)[] settings) =>
        Start(service => service.AddEvaluator().AddNotifier().AddConsole(), settings);

    /// <summary>With every service in the process.</summary>
    public static Task<ConsoleShell> StartAll() => Start(
        service => service.AddFetcher().AddGateway().AddArchive().AddEvaluator().AddNotifier().AddConsole(),
        ("Fetcher:PollInterval", "1.00:00:00"), ("Console:Fetcher", ""), ("Console:Gateway", ""), ("Console:Archive", ""),
        ("Archive:Folder", Path.Combine(Directory.CreateTempSubdirectory("sigma-archive-").FullName, "archive")));

    static async Task<ConsoleShell> Start(Action<ServiceBuilder> compose, params (string Key, string Value)[] settings)
    {
        var simulator = await SimulatorApp.Start();
        simulator.Segware.Accounts.Add(new Account(7, "0042", 3, 101, "Padaria do Zé"));
        simulator.Segware.Accounts.Add(new Company(3, "Vigília Sul Ltda"));
        simulator.Segware.Accounts.Add(new ClientGroup(101, "Varejo"));
        return new(simulator, await ConsoleSession.Start(compose,
        [
            ("LOG_LEVEL", "error"), ("Console:Evaluator", ""), ("Console:Notifier", ""), ("Segware:BaseUrl", simulator.Url.ToString()),
            ("Segware:BearerToken", simulator.Options.Token), ("Segware:Patience:Retries", "0"), ("ChatPro:BaseUrl", simulator.Url.ToString()),
            ("ChatPro:InstanceId", "chatpro-1"), ("ChatPro:Recipient", "120363041234567890@g.us"), ("ChatPro:Token", simulator.Options.ChatProToken),
            ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"), .. settings,
        ]));
    }

    /// <summary>An excess of events of an account: an alert that is raised.</summary>
    public async Task Feed(string account)
    {
        var now = TimeProvider.System.GetUtcNow();
        await Publish(now.AddHours(-3), now.AddMinutes(-6), []);
        await Publish(now.AddMinutes(-6), now.AddMinutes(-1), [.. Enumerable.Range(0, 20).Select(i => new MonitoredEvent
        {
            EventId = $"{account}-{i}", OccurredAt = now.AddMinutes(-5).AddSeconds(i),
            Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = "ALR", ["code"] = "E130" },
        })]);
    }

    /// <summary>Somebody with a token of a role.</summary>
    public async Task<Person> Person(Role role, params (string Label, string Value)[] limits)
    {
        var token = (await _console.Program(role, limits)).DefaultRequestHeaders.Authorization!.Parameter!;
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(file, token);
        return new(_console.Url.ToString(), file, token);
    }

    /// <summary>A program with a token of a role, which asks by itself; its base is the console's own address.</summary>
    public async Task<HttpClient> Program(Role role, params (string Label, string Value)[] limits)
    {
        var token = (await _console.Program(role, limits)).DefaultRequestHeaders.Authorization;
        HttpClient program = new() { BaseAddress = _console.Url, Timeout = TimeSpan.FromSeconds(60) };
        program.DefaultRequestHeaders.Authorization = token;
        return program;
    }

    /// <summary>A browser in which somebody of a role is signed in.</summary>
    public Task<HttpClient> Browser(Role role) => _console.Browser(role);

    /// <summary>Somebody who is not signed in.</summary>
    public HttpClient Stranger() => new() { BaseAddress = _console.Url };

    /// <summary>A file that somebody wrote.</summary>
    public string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}");
        File.WriteAllText(file, text);
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    Task Publish(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<MonitoredEvent> events) =>
        _console.Services.GetRequiredService<IBus>().Publish(new EventBatch
        {
            BatchId = Guid.NewGuid(), Source = "segware", SliceFrom = from, SliceTo = to, Part = 1, Parts = 1, Events = events,
        });
}

/// <summary>Somebody with a token.</summary>
internal sealed class Person(string console, string tokenFile, string token)
{
    /// <summary>Types a command, and fails when the token is shown.</summary>
    public async Task<(int ExitCode, string Output, string Error)> Sigma(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var exitCode = await global::Sigma.Cli.CommandLine.Run([.. args, "--console", console, "--token-file", tokenFile], output, error);
        Assert.DoesNotContain(token, $"{output}{error}");
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The same with <c>--json</c>: what it says; fails when it does not end as expected.</summary>
    public async Task<IReadOnlyList<JsonElement>> Json(int exitCode, params string[] args)
    {
        var answer = await Sigma([.. args, "--json"]);
        Assert.True(exitCode == answer.ExitCode, $"{string.Join(' ', args)} ended with {answer.ExitCode}: {answer.Output}{answer.Error}");
        return [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
