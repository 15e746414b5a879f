using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Rules;
using Sigma.OperatorConsole.Schema;
using Sigma.ServiceTests.Evaluator;
using Sigma.Storage;

namespace Sigma.ServiceTests.Console.Rules;

/// <summary>A console of one test's own beside an evaluator, each with a database of its own; and callers of every role.</summary>
internal sealed class RulesSession : IAsyncDisposable
{
    readonly string _file;
    readonly WebApplication _app;

    RulesSession(string file, EvaluatorSession evaluator, WebApplication app)
    {
        _file = file;
        _app = app;
        Evaluator = evaluator;
    }

    public static Caller Engineer { get; } = new("Ana", Role.Engineer, LabelLimits.None);

    public EvaluatorSession Evaluator { get; }

    public RuleBook Book => _app.Services.GetRequiredService<RuleBook>();

    public RuleEpisodes Episodes => _app.Services.GetRequiredService<RuleEpisodes>();

    public Database Database => _app.Services.GetRequiredService<Database>();

    public static async Task<RulesSession> Start(params (string Key, string Value)[] settings)
    {
        var evaluator = await EvaluatorSession.Start();
        var file = Path.Combine(Path.GetTempPath(), $"sigma-console-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}", ["Api:Key"] = EvaluatorSession.Key,
            ["Console:Evaluator"] = evaluator.Http.BaseAddress!.GetLeftPart(UriPartial.Authority),
            ["Console:AdministratorPassword"] = "the password of the tests",
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        ShiftedClock clock = new();
        clock.Advance(EvaluatorSession.Noon.AddMinutes(6) - clock.GetUtcNow());
        builder.Services.AddSingleton<TimeProvider>(clock);
        return new(file, evaluator, await ServiceHost.Start("console", builder, service => service.AddConsole(), CancellationToken.None));
    }

    /// <summary>A program that has a token of this role.</summary>
    public async Task<HttpClient> Program(Role role, LabelLimits? limits = null)
    {
        var token = TokenSecret.Create();
        await using var session = await Database.Begin(CancellationToken.None);
        var tokens = session.Use(ConsoleContext.Schema);
        tokens.Tokens.Add(new TokenRow
        {
            TokenId = Guid.NewGuid(), Name = $"a program of a {role}", Hash = TokenSecret.HashOf(token), Role = role.ToString(),
            Limits = limits?.ToJson(), CreatedBy = "the test", CreatedAt = EvaluatorSession.Noon, ExpiresAt = EvaluatorSession.Noon.AddYears(1),
        });
        await tokens.SaveChangesAsync();
        await session.Commit(CancellationToken.None);
        HttpClient client = new() { BaseAddress = new Uri(new Uri(_app.Urls.First()), "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A live page.</summary>
    public Task<Screen> Open<T>(string address, Caller? caller = null) where T : Microsoft.AspNetCore.Components.IComponent =>
        Screen.Open<T>(_app.Services, caller ?? Engineer, address);

    /// <summary>A page, as a browser of this machine gets it.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string Page)> Page(string path, string language)
    {
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        List<string> failures = [];
        AppDomain.CurrentDomain.FirstChanceException += Note;
        using var answer = await browser.GetAsync(path);
        AppDomain.CurrentDomain.FirstChanceException -= Note;
        Assert.True((int)answer.StatusCode < 500, $"{path} failed: {string.Join('\n', failures)}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());

        void Note(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs e)
        {
            lock (failures)
                failures.Add(e.Exception.ToString());
        }
    }

    public static async Task<Answer> Send(HttpClient program, HttpMethod method, string path, object? body = null, string? ifMatch = null,
        string? ifNoneMatch = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        using var answer = await program.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(text) : default,
            answer.Headers.ETag?.Tag);
    }

    /// <summary>An episode that the console was told of.</summary>
    public async Task Insert(string rule, DateTimeOffset raisedAt, string account = "100")
    {
        await using var session = await Database.Begin(CancellationToken.None);
        var alerts = session.Use(ConsoleContext.Schema);
        alerts.Alerts.Add(new AlertRow
        {
            AlertId = Guid.NewGuid(), Sequence = raisedAt.ToUnixTimeSeconds(), Rule = rule, Kind = "count", Severity = "warning", Source = "segware",
            Labels = new() { ["account"] = account }, RaisedAt = raisedAt,
        });
        await alerts.SaveChangesAsync();
        await session.Commit(CancellationToken.None);
    }

    /// <summary>What the audit log has, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> Audited()
    {
        await using var session = await Database.Begin(CancellationToken.None);
        return await session.Query<string>(
            "select `by` || ' ' || what || ' ' || subject from console_audit where what like 'rule.%' order by id", null, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Evaluator.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }
}
