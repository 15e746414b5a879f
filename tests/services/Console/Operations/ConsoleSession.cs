using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Hosting;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Schema;
using Sigma.ServiceTests.Notifier;
using Sigma.Storage;

namespace Sigma.ServiceTests.Console.Operations;

/// <summary>A console of one test's own beside other services, with browsers and programs of any role.</summary>
internal sealed partial class ConsoleSession : IAsyncDisposable
{
    public const string Key = "a key of the tests";

    const string Password = "a password of the tests";

    static readonly Caller Administrator = new("tests", Role.Administrator, LabelLimits.None);

    readonly string _file;
    readonly WebApplication _app;
    readonly List<HttpClient> _clients = [];

    ConsoleSession(string file, WebApplication app)
    {
        _file = file;
        _app = app;
    }

    public IServiceProvider Services => _app.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public Uri Url => new(_app.Urls.First());

    /// <summary>Beside a notifier; the evaluator and the fetcher are away.</summary>
    public static Task<ConsoleSession> Beside(NotifierSession notifier) => Start(service => service.AddConsole(),
        ("Console:Notifier", notifier.Url.ToString()));

    /// <summary>Of these services, in one process; those that are not named are away.</summary>
    public static async Task<ConsoleSession> Start(Action<ServiceBuilder> compose, params (string Key, string Value)[] settings)
    {
        const string nobody = "http://127.0.0.1:9";
        var file = Path.Combine(Path.GetTempPath(), $"sigma-console-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LOG_LEVEL"] = "error",
            ["urls"] = "http://127.0.0.1:0",
            ["Bus:Transport"] = "InMemory",
            ["Storage:Provider"] = "Sqlite",
            ["Storage:ConnectionString"] = $"Data Source={file}",
            ["Api:Key"] = Key,
            ["Console:AdministratorPassword"] = Password,
            ["Console:Evaluator"] = nobody,
            ["Console:Notifier"] = nobody,
            ["Console:Fetcher"] = nobody,
            ["Console:Gateway"] = nobody,
            ["Console:Archive"] = nobody,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        return new(file, await ServiceHost.Start("console", builder, compose, late.Token));
    }

    /// <summary>A program with a token.</summary>
    public async Task<HttpClient> Program(Role role, params (string Label, string Value)[] limits)
    {
        var token = await Services.GetRequiredService<TokenBook>().Add($"program {Guid.NewGuid():N}", role, Limits(limits),
            TimeProvider.System.GetUtcNow().AddDays(1), Administrator, CancellationToken.None);
        var client = Client(new Uri(Url, "/api/v1/"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Secret);
        return client;
    }

    /// <summary>A browser in which a user has signed in.</summary>
    public async Task<HttpClient> Browser(Role role, params (string Label, string Value)[] limits)
    {
        var name = $"{role}-{Guid.NewGuid():N}".ToLowerInvariant();
        await using (var session = await Database.Begin(default))
        {
            var context = session.Use(ConsoleContext.Schema);
            context.Add(new UserRow
            {
                UserId = Guid.CreateVersion7(), Name = name, PasswordHash = Services.GetRequiredService<Passwords>().Hash(Password),
                Role = role.ToString(), Limits = Limits(limits).ToJson(), Stamp = Guid.NewGuid(), CreatedAt = TimeProvider.System.GetUtcNow(),
            });
            await context.SaveChangesAsync();
            await session.Commit(default);
        }
        var browser = Client(Url);
        using var signedIn = await Send(browser, "sign-in", "sign-in", ("Form.Name", name), ("Form.Password", Password));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, signedIn.StatusCode);
        return browser;
    }

    /// <summary>A page as it is shown; fails for what is no page.</summary>
    public static async Task<string> Page(HttpClient browser, string address, string language = "pt-BR")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        using var answer = await browser.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{address}: {answer.StatusCode}, {answer.Headers.Location}");
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fills in a form of a page and sends it, with the page's token.</summary>
    public static async Task<HttpResponseMessage> Send(HttpClient browser, string address, string form, params (string Name, string Value)[] fields)
    {
        using var shown = await browser.GetAsync(address);
        var page = await shown.Content.ReadAsStringAsync();
        Assert.True(shown.IsSuccessStatusCode, $"{address}: {shown.StatusCode}: {page}");
        List<KeyValuePair<string, string>> sent = [new("_handler", form), new("__RequestVerificationToken", Token().Match(page).Groups[1].Value)];
        sent.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await browser.PostAsync(address, new FormUrlEncodedContent(sent));
    }

    /// <summary>A hidden field of a page.</summary>
    public static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{Regex.Escape(name)}\" value=\"([^\"]*)\"").Groups[1].Value;

    public static async Task<string> Text(HttpResponseMessage answer) => System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    /// <summary>What the audit log has of something that was done, the newest first, as "before -> after".</summary>
    public async Task<List<string>> Audit(string what)
    {
        await using var session = await Database.Begin(default);
        return await session.Query<string>(
            "select coalesce(`before`, '-') || ' -> ' || coalesce(`after`, '-') from console_audit where what = @what order by id desc",
            new { what }, default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var part in (string[])["", "-wal", "-shm", ".lock"])
            File.Delete(_file + part);
    }

    HttpClient Client(Uri address)
    {
        HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true })
        {
            BaseAddress = address, Timeout = TimeSpan.FromSeconds(60),
        };
        _clients.Add(client);
        return client;
    }

    static LabelLimits Limits((string Label, string Value)[] limits) => limits.Length == 0 ? LabelLimits.None
        : new(limits.ToDictionary(limit => limit.Label, limit => (IReadOnlyList<string>)[limit.Value]));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();
}
