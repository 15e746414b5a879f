using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Health;
using Sigma.Hosting.Messaging;
using Sigma.Hosting.Settings;
using Sigma.Hosting.Time;
using Sigma.Storage;
using Sigma.Storage.Schema;

namespace Sigma.Hosting;

/// <summary>
/// Runs a service the way all of them run: settings checked, schema brought up to date, bus, schedule, telemetry and health started.
/// </summary>
public static class ServiceHost
{
    /// <summary>
    /// Runs until stopped. Returns the process's exit code: 0; 78 (EX_CONFIG) after one line that names the wrong setting; 75 (EX_TEMPFAIL) when its
    /// bus was stuck. With the one argument <c>--health</c> it asks the service that runs on this machine instead: 0 when it is ready, else 1.
    /// </summary>
    public static Task<int> Run(string service, string[] args, Action<ServiceBuilder> compose) =>
        HealthProbe.IsAskedFor(args) ? HealthProbe.Run() : Run(service, WebApplication.CreateBuilder(args), compose);

    /// <summary>The same with a builder that was prepared before.</summary>
    public static async Task<int> Run(string service, WebApplicationBuilder builder, Action<ServiceBuilder> compose)
    {
        try
        {
            var app = await Start(service, builder, compose, CancellationToken.None);
            var exit = app.Services.GetRequiredService<ExitDecision>();
            // A bus that is stuck ignores its time-out. Unfinished messages are redelivered, as after a crash.
            app.Lifetime.ApplicationStopping.Register(
                () => _ = Task.Delay(ToStop).ContinueWith(_ => Environment.Exit(exit.ExitCode), TaskScheduler.Default));
            await using (app)
                await app.WaitForShutdownAsync();
            return exit.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return 0; // told to stop while it waited for the database
        }
        catch (Exception e) when (SettingsError.From(e) is { } error)
        {
            await Console.Error.WriteLineAsync($"{service} cannot start: {error}");
            return SettingsError.ExitCode;
        }
    }

    /// <summary>Starts a service inside this process; tests and the standalone host use this.</summary>
    public static async Task<WebApplication> Start(string service, WebApplicationBuilder builder, Action<ServiceBuilder> compose,
        CancellationToken ct)
    {
        var composed = new ServiceBuilder(service, builder);
        compose(composed);
        var app = composed.Build();
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            await WaitForSchema(app, ct);
            await WaitForConditions(app, ct);
            await app.Services.GetRequiredService<DatabaseClock>().ReadAtStart(ct);
            await app.StartAsync(ct);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds what services need without starting them, and returns all their settings: for tools that check settings and call APIs.</summary>
    public static IReadOnlyList<ISettingsSection> Compose(string name, WebApplicationBuilder builder, Action<ServiceBuilder> compose)
    {
        var composed = new ServiceBuilder(name, builder);
        compose(composed);
        Messaging.Bus.Add(composed, []);
        return [.. builder.Services.Select(s => s.ImplementationInstance).OfType<ISettingsSection>().DistinctBy(s => s.Section)];
    }

    static readonly TimeSpan ToStop = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The database may come up after the service: a station's machine starts everything at once after a power cut. One that refuses the user
    /// is given a while, for a new one creates its user last. Every other error is logged and tried again.
    /// </summary>
    static async Task WaitForSchema(WebApplication app, CancellationToken ct)
    {
        var migrator = app.Services.GetRequiredService<Migrator>();
        var dialect = app.Services.GetRequiredService<IDialect>();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Sigma.Storage");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var waiting = new StartupHealthServer(app.Configuration, stopped.Cancel);
        ct = stopped.Token;
        var patience = app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.DenialPatience;
        long? deniedSince = null;
        while (true)
        {
            try
            {
                await migrator.Apply(ct);
                return;
            }
            catch (Exception e) when (dialect.IsDenial(e))
            {
                deniedSince ??= Stopwatch.GetTimestamp();
                if (Stopwatch.GetElapsedTime(deniedSince.Value) >= patience)
                    throw new OptionsValidationException("Storage", typeof(StorageOptions),
                        [$"Storage__ConnectionString: the database refuses our login: {e.Message}"]);
                log.LogWarning("The database refuses our login, trying again every 2 seconds for {Patience}: {Reason}", patience, e.Message);
                await waiting.Report("database", $"the database refuses our login: {e.Message}", ct);
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested && SettingsError.From(e) is null)
            {
                deniedSince = null;
                log.LogWarning("The database is not available yet, trying again in 2 seconds: {Reason}", e.Message);
                await waiting.Report("database", DatabaseHealth.Line(e), ct);
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
        }
    }

    /// <summary>What else must be so before a service starts: in the meantime it takes no message and answers no question.</summary>
    static async Task WaitForConditions(WebApplication app, CancellationToken ct)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Sigma.Hosting");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var waiting = new StartupHealthServer(app.Configuration, stopped.Cancel);
        foreach (var condition in app.Services.GetServices<IStartCondition>())
        {
            string? told = null;
            for (; condition.Missing() is { } missing; await Task.Delay(TimeSpan.FromMilliseconds(500), stopped.Token))
            {
                if (missing != told)
                    log.LogWarning("Standing by until {Condition} is free: {Reason}", condition.Name, missing);
                told = missing;
                await waiting.Report(condition.Name, missing, stopped.Token);
            }
            if (told is not null)
                log.LogInformation("{Condition} is free, starting", condition.Name);
        }
    }
}
