using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Access.Users;
using Sigma.Storage;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>A console of one test's own, with an administrator whose password is known; and another service in its process.</summary>
internal sealed class AccessSession : IAsyncDisposable
{
    public const string Administrator = "admin", Password = "cavalo correto bateria", Key = "the key of the tests";

    public static readonly Caller System = new("tests", Role.Administrator, LabelLimits.None);

    readonly string _file;
    readonly bool _ownsFile;
    readonly WebApplication _app;

    AccessSession(string file, bool ownsFile, WebApplication app, StringWriter output)
    {
        _file = file;
        _ownsFile = ownsFile;
        _app = app;
        Output = output;
    }

    /// <summary>What was printed.</summary>
    public StringWriter Output { get; }

    public Uri Url => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public ShiftedClock Clock => (ShiftedClock)Services.GetRequiredService<TimeProvider>();

    public UserBook Users => Services.GetRequiredService<UserBook>();

    public TokenBook Tokens => Services.GetRequiredService<TokenBook>();

    public IEnumerable<RouteEndpoint> Endpoints =>
        ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public static Task<AccessSession> Start(params (string Key, string Value)[] settings) =>
        Start(Path.Combine(Path.GetTempPath(), $"sigma-console-{Guid.NewGuid():N}.db"), true, settings);

    /// <summary>Another console on the same database, or the same one anew.</summary>
    public Task<AccessSession> StartAnother(params (string Key, string Value)[] settings) => Start(_file, false, settings);

    static async Task<AccessSession> Start(string file, bool ownsFile, (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error", ["urls"] = "http://127.0.0.1:0", ["Bus:Transport"] = "InMemory", ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}", ["Api:Key"] = Key, ["Console:AdministratorPassword"] = Password,
        }).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(new ShiftedClock());
        StringWriter output = new();
        builder.Services.AddSingleton(new AdministratorOutput { Writer = output });
        var app = await ServiceHost.Start("console", builder, service => service.AddConsole()
            .Api("tests", null, api => api.MapGet("/hello", () => "from within"))
            .Endpoints(others => others.MapGet("/others/hello", () => "from another service")), CancellationToken.None);
        return new(file, ownsFile, app, output);
    }

    /// <summary>A browser that nobody is signed in with.</summary>
    public Browser Browse() => new(Url);

    /// <summary>A browser that a user is signed in with.</summary>
    public async Task<Browser> Browse(string name, string password = Password)
    {
        var browser = Browse();
        var answer = await browser.SignIn(name, password);
        Assert.Equal("302 /", $"{answer.Status} {answer.Location}");
        return browser;
    }

    /// <summary>Adds a user who has changed the password already.</summary>
    public async Task<UserView> Add(string name, Role role, LabelLimits? limits = null)
    {
        var added = await Users.Add(name, role, limits ?? LabelLimits.None, System, default);
        using var browser = Browse();
        await browser.SignIn(name, added.Password);
        var answer = await browser.Submit("/account", "change-password",
            ("Form.Present", added.Password), ("Form.Wanted", Password), ("Form.Again", Password));
        Assert.Equal("302 /account?changed=true", $"{answer.Status} {answer.Location}");
        return added.User;
    }

    /// <summary>A program with a token.</summary>
    public async Task<HttpClient> Program(Role role, LabelLimits? limits = null, TimeSpan? life = null)
    {
        var expiresAt = Clock.GetUtcNow() + (life ?? TimeSpan.FromDays(1));
        var made = await Tokens.Add($"of {role}", role, limits ?? LabelLimits.None, expiresAt, System, default);
        return Program(made.Secret);
    }

    public HttpClient Program(string token)
    {
        HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public async Task<List<T>> Query<T>(string sql, object? args = null)
    {
        await using var session = await Services.GetRequiredService<Database>().Begin(default);
        return await session.Query<T>(sql, args, default);
    }

    public static LabelLimits Limited { get; } = new(new Dictionary<string, IReadOnlyList<string>> { ["company"] = ["Vigília Sul"] });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFile)
            foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
                File.Delete(_file + part);
    }
}

/// <summary>What was answered.</summary>
internal sealed record PageAnswer(int Status, string Body, string? Location, HttpResponseHeaders Headers, string? ContentType)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public IReadOnlyList<string> Cookies => Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
