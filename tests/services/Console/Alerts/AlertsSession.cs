using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Hosting;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;
using Sigma.OperatorConsole.Projection;
using Sigma.OperatorConsole.Schema;
using Sigma.OperatorConsole.Services;
using Sigma.Storage;

namespace Sigma.ServiceTests.Console.Alerts;

/// <summary>A console of one test's own: its bus in memory, its database a file; the evaluator and the notifier say what the test says.</summary>
internal sealed class AlertsSession : IAsyncDisposable
{
    readonly string _file;
    readonly WebApplication _app;

    AlertsSession(string file, WebApplication app) => (_file, _app) = (file, app);

    public static Caller Everybody { get; } = new("Ana", Role.Operator, LabelLimits.None);

    public IServiceProvider Services => _app.Services;

    public Database Database => Get<Database>();

    public RaisedAlerts Board => Get<RaisedAlerts>();

    public AlertQuery Alerts => Get<AlertQuery>();

    public AlertWriter Writer => Get<AlertWriter>();

    public ScriptedEvaluator Evaluator => (ScriptedEvaluator)Get<IRaisedAlertSource>();

    public ScriptedNames Names => (ScriptedNames)Get<IAccountNameSource>();

    public CaughtCommands Commands => Get<CaughtCommands>();

    public ShiftedClock Clock => (ShiftedClock)Get<TimeProvider>();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<AlertsSession> Start()
    {
        var file = Path.Combine(Path.GetTempPath(), $"sigma-console-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}", ["Console:AdministratorPassword"] = "the password of the tests",
        });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(new ShiftedClock());
        return new(file, await ServiceHost.Start("console", builder, service =>
        {
            service.AddConsole().Consumers(bus => bus.AddConsumer<CommandCatcher>());
            service.Services.AddSingleton<IRaisedAlertSource, ScriptedEvaluator>().AddSingleton<IAccountNameSource, ScriptedNames>()
                .AddSingleton<CaughtCommands>();
        }, CancellationToken.None));
    }

    public static LabelLimits Limits(string name, params string[] values) =>
        new(new Dictionary<string, IReadOnlyList<string>> { [name] = values });

    /// <summary>A program that has a token of this role.</summary>
    public async Task<HttpClient> Program(Role role, LabelLimits? limits = null)
    {
        var token = TokenSecret.Create();
        await using var session = await Database.Begin(CancellationToken.None);
        var tokens = session.Use(ConsoleContext.Schema);
        var now = Clock.GetUtcNow();
        tokens.Tokens.Add(new TokenRow
        {
            TokenId = Guid.NewGuid(), Name = $"program {Guid.NewGuid():N}", Hash = TokenSecret.HashOf(token), Role = role.ToString(),
            Limits = limits?.ToJson(), CreatedBy = "the test", CreatedAt = now, ExpiresAt = now.AddYears(1),
        });
        await tokens.SaveChangesAsync();
        await session.Commit(CancellationToken.None);
        HttpClient client = new() { BaseAddress = new Uri(_app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public static async Task<(int Status, JsonElement Body)> Send(HttpClient program, HttpMethod method, string path, object? body = null,
        string? key = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await program.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    public Task Store(params ProjectedMessage[] messages) => Writer.Store(messages, CancellationToken.None);

    public Task Publish<T>(T message) where T : class => Get<IBus>().Publish(message);

    /// <summary>Raises one, and waits until the board shows it.</summary>
    public async Task<Guid> Raise(string account = "7", string severity = "warning", string rule = "excess", DateTimeOffset? at = null,
        string? summary = null)
    {
        var alert = Raised(account, severity, rule, at ?? Clock.GetUtcNow(), summary);
        await Store(ProjectedMessages.Of(alert));
        Board.Wake();
        await Await.Until(() => Task.FromResult(Board.Current.Alerts.Any(shown => shown.View.AlertId == alert.AlertId)), "the board shows it");
        return alert.AlertId;
    }

    public static AlertRaised Raised(string account, string severity = "warning", string rule = "excess", DateTimeOffset? at = null,
        string? summary = null) => new()
        {
            AlertId = Guid.NewGuid(), Rule = rule, Severity = severity, Source = "segware", Summary = summary, RaisedAt = at ?? Noon, Count = 20,
            Threshold = 20, Value = 20, Limit = 20, Unit = "events",
            Labels = new Dictionary<string, string> { ["account"] = account, ["code"] = "E130" },
        };

    public static AlertCleared Cleared(AlertRaised alert, DateTimeOffset at) => new()
    {
        AlertId = alert.AlertId, Rule = alert.Rule, Severity = alert.Severity, Source = alert.Source, Labels = alert.Labels, Count = 3,
        Threshold = 20, Value = 3, Reason = "volume-normal", RaisedAt = alert.RaisedAt, ClearedAt = at,
    };

    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public async Task<List<T>> Query<T>(string sql, object? args = null)
    {
        await using var session = await Database.Begin(CancellationToken.None);
        return await session.Query<T>(sql, args, CancellationToken.None);
    }

    public async Task Execute(string sql)
    {
        await using var session = await Database.Begin(CancellationToken.None);
        await session.Execute(sql, null, CancellationToken.None);
        await session.Commit(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }
}

/// <summary>What the evaluator has raised; it does not answer until the test says what that is.</summary>
internal sealed class ScriptedEvaluator : IRaisedAlertSource
{
    public List<RaisedAlert>? Raised { get; set; }

    public async IAsyncEnumerable<IReadOnlyList<RaisedAlert>> Pages(bool shadow,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        foreach (var page in (Raised ?? throw new IOException("The evaluator does not answer.")).Where(alert => alert.IsShadow == shadow).Chunk(3))
            yield return page;
    }
}

/// <summary>What accounts are called.</summary>
internal sealed class ScriptedNames : IAccountNameSource
{
    public ConcurrentDictionary<string, FoundNames> Known { get; } = new();

    public Task<IReadOnlyList<FoundNames>> Find(IReadOnlyList<string> accounts, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<FoundNames>>([.. accounts.Select(account => Known.GetValueOrDefault(account)).OfType<FoundNames>()]);
}

/// <summary>The commands that an evaluator would get.</summary>
internal sealed class CaughtCommands
{
    public ConcurrentQueue<object> All { get; } = new();
}

internal sealed class CommandCatcher(CaughtCommands caught) : IConsumer<AcknowledgeAlert>, IConsumer<CommentAlert>, IConsumer<AssignAlert>,
    IConsumer<SnoozeAlert>, IConsumer<CloseAlert>
{
    public Task Consume(ConsumeContext<AcknowledgeAlert> context) => Catch(context.Message);
    public Task Consume(ConsumeContext<CommentAlert> context) => Catch(context.Message);
    public Task Consume(ConsumeContext<AssignAlert> context) => Catch(context.Message);
    public Task Consume(ConsumeContext<SnoozeAlert> context) => Catch(context.Message);
    public Task Consume(ConsumeContext<CloseAlert> context) => Catch(context.Message);

    Task Catch(object command)
    {
        caught.All.Enqueue(command);
        return Task.CompletedTask;
    }
}
