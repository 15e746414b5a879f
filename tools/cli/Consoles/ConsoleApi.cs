using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.Cli.Consoles;

/// <summary>The public API of a console, below <c>/api/v1/</c>. Every failure is a <see cref="ConsoleException"/>.</summary>
internal sealed class ConsoleApi : IDisposable
{
    const int LongestPage = 500;

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly HttpClient _http;
    readonly string _address;

    public ConsoleApi(ConsoleAddress console)
    {
        _address = console.Root.GetLeftPart(UriPartial.Path).TrimEnd('/');
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10),
            UseProxy = !console.Root.IsLoopback, // nobody between may read what is plain
        })
        {
            BaseAddress = new Uri(console.Root, "api/v1/"), Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", console.Token);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    /// <summary>That of the console which a command is for; null when it is for the database and the broker.</summary>
    public static ConsoleApi? Of(ParseResult typed) =>
        ConsoleAddress.Of(typed, Environment.GetEnvironmentVariable) is { } console ? new(console) : null;

    /// <summary>A path with what stands behind the question mark; what is null is left out.</summary>
    public static string Path(string path, params IEnumerable<(string Name, object? Value)> query) => path + string.Join("", query
        .Where(said => said.Value is not null)
        .Select((said, i) => $"{(i == 0 ? '?' : '&')}{said.Name}={Escaped(said.Value)}"));

    public async Task<T> Get<T>(string path, CancellationToken ct) => await Ask<T>(HttpMethod.Get, path, null, null, null, ct);

    /// <summary>The same; null when it is not there.</summary>
    public async Task<T?> Find<T>(string path, CancellationToken ct) where T : class
    {
        try
        {
            return await Get<T>(path, ct);
        }
        catch (ConsoleException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A list, page by page; to stop earlier spares the pages that follow.</summary>
    /// <param name="path">Without after and limit.</param>
    /// <param name="limit">The longest page.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<TPage> Pages<TPage, T>(string path, int limit, [EnumeratorCancellation] CancellationToken ct)
        where TPage : Page<T>
    {
        var from = $"{path}{(path.Contains('?') ? '&' : '?')}limit={Math.Min(limit, LongestPage)}";
        for (string? after = null; ;)
        {
            var page = await Get<TPage>(after is null ? from : $"{from}&after={Uri.EscapeDataString(after)}", ct);
            yield return page;
            if (page.Next is null)
                yield break;
            if (page.Next == after)
                throw Strange("its list has no end");
            after = page.Next;
        }
    }

    /// <summary>Sends a body and reads the answer.</summary>
    public Task<T> Send<T>(HttpMethod method, string path, object? body, CancellationToken ct, TimeSpan? timeout = null) =>
        Ask<T>(method, path, body, null, timeout, ct);

    /// <summary>Has something done, of which the answer says no more.</summary>
    /// <param name="path">What.</param>
    /// <param name="body">How.</param>
    /// <param name="ct">Ends it.</param>
    /// <param name="command">Its identity: sent again it is done once.</param>
    public Task Post(string path, object? body, CancellationToken ct, Guid? command = null) =>
        Ask<object>(HttpMethod.Post, path, body, command, null, ct);

    /// <summary>An answer of lines, an object each, as they come.</summary>
    public async IAsyncEnumerable<JsonElement> Lines(string path, object body, TimeSpan timeout, [EnumeratorCancellation] CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(timeout);
        using var answer = await Answer(HttpMethod.Post, path, body, null, timeout, late.Token, ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(late.Token));
        while (true)
        {
            JsonElement line;
            try
            {
                if (await reader.ReadLineAsync(late.Token) is not { } text)
                    yield break;
                if (text.Length == 0)
                    continue;
                line = JsonSerializer.Deserialize<JsonElement>(text);
            }
            catch (Exception e) when (Failure(e, timeout, ct) is { } failure)
            {
                throw failure;
            }
            yield return line;
        }
    }

    /// <summary>Server-sent events, an object each, for as long as they come.</summary>
    public async IAsyncEnumerable<JsonElement> Events(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        const string Data = "data: ";
        using var answer = await Answer(HttpMethod.Get, path, null, null, Timeout, ct, ct);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(ct));
        while (true)
        {
            JsonElement said;
            try
            {
                if (await reader.ReadLineAsync(ct) is not { } line)
                    yield break;
                if (!line.StartsWith(Data, StringComparison.Ordinal))
                    continue;
                said = JsonSerializer.Deserialize<JsonElement>(line.AsSpan(Data.Length));
            }
            catch (Exception e) when (Failure(e, Timeout, ct) is { } failure)
            {
                throw failure;
            }
            yield return said;
        }
    }

    /// <summary>What a line says.</summary>
    public T Read<T>(JsonElement line)
    {
        try
        {
            return line.Deserialize<T>(Json)!;
        }
        catch (JsonException e)
        {
            throw Strange(e.Message);
        }
    }

    /// <summary>What came is not what a console answers.</summary>
    public ConsoleException Strange(string reason) =>
        new($"What answers at {_address} is no console of this version: {Screen.OneLine(reason)}");

    public void Dispose() => _http.Dispose();

    async Task<T> Ask<T>(HttpMethod method, string path, object? body, Guid? command, TimeSpan? timeout, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(timeout ?? Timeout);
        using var answer = await Answer(method, path, body, command, timeout ?? Timeout, late.Token, ct);
        try
        {
            if (typeof(T) == typeof(object))
                return default!;
            return await answer.Content.ReadFromJsonAsync<T>(Json, late.Token) ?? throw Strange("it says nothing");
        }
        catch (Exception e) when (Failure(e, timeout ?? Timeout, ct) is { } failure)
        {
            throw failure;
        }
    }

    async Task<HttpResponseMessage> Answer(HttpMethod method, string path, object? body, Guid? command, TimeSpan timeout, CancellationToken late,
        CancellationToken ct)
    {
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), null, Json) };
        if (command is { } id)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", id.ToString());
        HttpResponseMessage? answer = null;
        try
        {
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, late);
            if (answer.IsSuccessStatusCode)
                return answer;
            throw Problem(answer, await Details(answer, late));
        }
        catch (Exception e)
        {
            answer?.Dispose();
            if (Failure(e, timeout, ct) is { } failure)
                throw failure;
            throw;
        }
    }

    static async Task<ProblemOfConsole?> Details(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
            return null;
        try
        {
            return await answer.Content.ReadFromJsonAsync<ProblemOfConsole>(Json, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    ConsoleException Problem(HttpResponseMessage answer, ProblemOfConsole? problem)
    {
        var detail = problem?.Detail is { Length: > 0 } said ? Screen.OneLine(said) : null;
        var message = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"The console at {_address} does not accept the token: it is wrong, revoked or has expired.",
            HttpStatusCode.Forbidden => $"The console does not allow it: {detail ?? "the token's role or limits are too small for that."}",
            HttpStatusCode.NotFound when detail is null => $"There is no such address at {_address}: is a console of this version there?",
            HttpStatusCode.PreconditionFailed =>
                $"Somebody else has changed it meanwhile: {detail ?? "look again whether the change is still wanted."}",
            HttpStatusCode.TooManyRequests => $"The console is asked too much at once: try again{After(answer)}.",
            HttpStatusCode.ServiceUnavailable => $"The console cannot do it now: {detail ?? "it is starting or ending."}",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                $"{_address} sends on to {Screen.OneLine(answer.Headers.Location?.ToString() ?? "another address")}: say the console's own address.",
            var status => detail ?? $"The console answers {(int)status} {Screen.OneLine(answer.ReasonPhrase ?? "")}",
        };
        return new(message, answer.StatusCode,
            answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? null : problem?.Faults?.Select(Screen.OneLine).ToList());
    }

    static string Escaped(object? value) => Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!);

    static string After(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter?.Delta is { } wait ? $" in {Screen.Span(wait)}" : " in a moment";

    // Null for what is no failure of the console, such as Ctrl+C.
    ConsoleException? Failure(Exception e, TimeSpan timeout, CancellationToken ct) => e switch
    {
        _ when ct.IsCancellationRequested => null,
        OperationCanceledException => new($"The console at {_address} did not answer within {Screen.Span(timeout)}."),
        HttpRequestException or IOException => new($"The console at {_address} does not answer: {Screen.OneLine(e.GetBaseException().Message)}"),
        JsonException or NotSupportedException => Strange(e.Message),
        _ => null,
    };

    sealed record ProblemOfConsole
    {
        public string? Detail { get; init; }

        public IReadOnlyList<string>? Faults { get; init; }
    }
}

/// <summary>A part of a list.</summary>
internal record Page<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>What to say as <c>after</c> to get those that follow; null when there are none.</summary>
    public string? Next { get; init; }
}
