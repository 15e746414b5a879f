using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Benchmarks.Services;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.OperatorConsole.Schema;
using Sigma.Storage;

namespace Sigma.Benchmarks.Screens;

/// <summary>Somebody who is signed in with a browser, and a program with a token.</summary>
internal sealed partial class ConsoleSession : IDisposable
{
    /// <summary>The first administrator, whom the settings of the console name.</summary>
    public const string Name = "admin", Password = "Benchmark-of-the-console-1";

    /// <summary>The name of the token, which stands at whatever was done by it.</summary>
    public const string Program = "benchmark";

    readonly HttpClientHandler _browser = new() { AllowAutoRedirect = false };

    ConsoleSession(Uri console)
    {
        Console = console;
        Pages = new HttpClient(_browser) { BaseAddress = console, Timeout = TimeSpan.FromSeconds(100) };
        Api = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
            { BaseAddress = console, Timeout = TimeSpan.FromSeconds(100) };
    }

    public Uri Console { get; }

    /// <summary>Asks for pages.</summary>
    public HttpClient Pages { get; }

    /// <summary>Asks the API, as an operator.</summary>
    public HttpClient Api { get; }

    public CookieContainer Cookies => _browser.CookieContainer;

    public static async Task<ConsoleSession> SignIn(Uri console, Database database, CancellationToken ct)
    {
        ConsoleSession session = new(console);
        try
        {
            await session.SignIn(ct);
            session.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await MakeToken(database, ct));
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Asks the API.</summary>
    public async Task<JsonElement> Get(string address, CancellationToken ct) => JsonDocument.Parse(await Load(Api, address, ct)).RootElement;

    /// <summary>Asks, until the last byte of the answer.</summary>
    public static async Task<byte[]> Load(HttpClient client, string address, CancellationToken ct)
    {
        using var answer = await client.GetAsync(address, ct);
        await Demand(answer, ct);
        return await answer.Content.ReadAsByteArrayAsync(ct);
    }

    /// <summary>How many alerts the board has that fit a filter.</summary>
    public async Task<int> Total(string filter, CancellationToken ct) =>
        (await Get($"api/v1/alerts?limit=1{(filter.Length == 0 ? "" : $"&{filter}")}", ct)).GetProperty("total").GetInt32();

    /// <summary>Waits until the board has so many.</summary>
    public async Task Until(string filter, int total, TimeSpan patience, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        for (int found; (found = await Total(filter, ct)) != total; await Task.Delay(100, ct))
            if (Stopwatch.GetElapsedTime(started) > patience)
                throw new InvalidOperationException($"After {patience.TotalSeconds:0} s the board has {found:#,0} alerts, not {total:#,0}.");
    }

    public void Dispose()
    {
        Pages.Dispose();
        Api.Dispose();
    }

    async Task SignIn(CancellationToken ct)
    {
        const string Page = "sign-in";
        // The page has other forms besides, for the language for one.
        var shown = Forms().Matches(await Pages.GetStringAsync(Page, ct)).Select(form => form.Value)
            .First(form => form.Contains($"value=\"{Page}\"", StringComparison.Ordinal));
        var fields = Inputs().Matches(shown).Where(field => field.Value.Contains("type=\"hidden\"", StringComparison.Ordinal))
            .Select(field => (Name: NameOf().Match(field.Value), Value: ValueOf().Match(field.Value)))
            .Where(field => field is { Name.Success: true, Value.Success: true })
            .Select(field => KeyValuePair.Create(field.Name.Groups[1].Value, WebUtility.HtmlDecode(field.Value.Groups[1].Value)));
        using FormUrlEncodedContent form = new([.. fields, KeyValuePair.Create("Form.Name", Name), KeyValuePair.Create("Form.Password", Password)]);
        using var answer = await Pages.PostAsync(Page, form, ct);
        if (answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"The sign-in answers {(int)answer.StatusCode}.");
    }

    static async Task<string> MakeToken(Database database, CancellationToken ct)
    {
        var token = TokenSecret.Create();
        var now = TimeProvider.System.GetUtcNow();
        await using var session = await database.Begin(ct);
        var context = session.Use(ConsoleContext.Schema);
        context.Add(new TokenRow
        {
            TokenId = Guid.CreateVersion7(), Name = Program, Hash = TokenSecret.HashOf(token), Role = Role.Operator.ToString(), CreatedBy = Name,
            CreatedAt = now, ExpiresAt = now.AddDays(1),
        });
        await context.SaveChangesAsync(ct);
        await session.Commit(ct);
        return token;
    }

    static async Task Demand(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException(
                $"{answer.RequestMessage?.RequestUri?.PathAndQuery} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}");
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex NameOf();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex ValueOf();
}
