using Sigma.Hosting.Api;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Sigma.Hosting.Http;

namespace Sigma.OperatorConsole.Services;

/// <summary>Asks one service. Every failure is a <see cref="ServiceException"/> whose message says what to do or what came.</summary>
/// <param name="service">Its name.</param>
/// <param name="address">Where it answers.</param>
/// <param name="key">The key of the internal API; null for what is open.</param>
/// <param name="clients">Makes the client.</param>
/// <param name="time">For time-outs.</param>
/// <param name="timeout">How long an answer may take; null for 20 seconds.</param>
internal sealed class ServiceCalls(string service, ServiceAddress address, string? key, IHttpClientFactory clients, TimeProvider time,
    TimeSpan? timeout = null)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "Sigma.OperatorConsole.Services";

    const int LargestAnswer = 32 * 1024 * 1024, LargestStream = 64 * 1024 * 1024, LargestProblem = 64 * 1024, LongestSlice = 160;

    static readonly MediaTypeWithQualityHeaderValue Json = new("application/json"), Lines = new("application/x-ndjson"),
        Events = new("text/event-stream");

    readonly TimeSpan _usual = timeout ?? TimeSpan.FromSeconds(20);
    readonly FailFast _failFast = new(time);

    /// <summary>What is there.</summary>
    public Task<T> Get<T>(string path, CancellationToken ct) => Send<T>(HttpMethod.Get, path, null, null, null, ct);

    /// <summary>What is there; null when it is not.</summary>
    public async Task<T?> Find<T>(string path, CancellationToken ct) where T : class
    {
        try
        {
            return await Get<T>(path, ct);
        }
        catch (ServiceException e) when (e is { IsNotFound: true, Failure: ServiceFailure.Refused })
        {
            return null;
        }
    }

    /// <summary>Has it do something.</summary>
    public async Task Post(string path, object body, CancellationToken ct) =>
        await Call(HttpMethod.Post, path, body, null, _usual, (_, _) => Task.FromResult(true), ct);

    /// <summary>Has it do something, and says what came of it.</summary>
    /// <param name="method">How.</param>
    /// <param name="path">What.</param>
    /// <param name="body">With what.</param>
    /// <param name="expected">The revision by which it must still be so: 0 when it must not be there; null when that does not matter.</param>
    /// <param name="timeout">How long it may take; null for as long as usual.</param>
    /// <param name="ct">Ends it.</param>
    public Task<T> Send<T>(HttpMethod method, string path, object? body, long? expected, TimeSpan? timeout, CancellationToken ct) =>
        Call(method, path, body, expected, timeout ?? _usual, Read<T>, ct);

    /// <summary>Reads an answer that comes line by line, an object each.</summary>
    public async IAsyncEnumerable<JsonElement> Stream(string path, object body, TimeSpan timeout, [EnumeratorCancellation] CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(_usual, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, clock.Token);
        using var request = Request(HttpMethod.Post, path, body, null, Lines);
        using var response = await Answer(request, _usual, ends.Token, ct);
        clock.CancelAfter(timeout);
        await using var stream = new BoundedBody(await response.Content.ReadAsStreamAsync(ends.Token), LargestStream,
            () => Unexpected($"answered with more than {LargestStream / (1024 * 1024)} MB"));
        using StreamReader reader = new(stream, Encoding.UTF8);
        while (await Line(reader, timeout, ends.Token, ct) is { } line)
            if (line.Length > 0)
                yield return Parse(line);
    }

    /// <summary>Reads an answer that comes event by event for as long as somebody listens.</summary>
    public async IAsyncEnumerable<T> Follow<T>(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(_usual, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, clock.Token);
        using var request = Request(HttpMethod.Get, path, null, null, Events);
        using var response = await Answer(request, _usual, ends.Token, ct);
        clock.CancelAfter(Timeout.InfiniteTimeSpan);
        await using var stream = await response.Content.ReadAsStreamAsync(ends.Token);
        var events = SseParser.Create(stream, (_, data) => Parse<T>(data)).EnumerateAsync(ends.Token).GetAsyncEnumerator(ends.Token);
        await using var _ = events.ConfigureAwait(false);
        while (await Next(events, ct))
            yield return events.Current.Data;
    }

    async Task<bool> Next<T>(IAsyncEnumerator<SseItem<T>> events, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is IOException or HttpRequestException)
        {
            throw Unavailable($"the answer broke off: {Innermost(e)}", e);
        }
    }

    T Parse<T>(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(data, ServiceJson.Options)!;
        }
        catch (JsonException e)
        {
            throw Unexpected($"answered an event that is not what was asked for: {Slice(Encoding.UTF8.GetString(data))}", e);
        }
    }

    async Task<string?> Line(StreamReader reader, TimeSpan timeout, CancellationToken ends, CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ends);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw TimedOut(timeout);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Unavailable($"the answer broke off: {Innermost(e)}", e);
        }
    }

    JsonElement Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(line);
        }
        catch (JsonException e)
        {
            throw Unexpected($"answered a line that is no JSON: {Slice(line)}", e);
        }
    }

    async Task<T> Call<T>(HttpMethod method, string path, object? body, long? expected, TimeSpan timeout,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, clock.Token);
        using var request = Request(method, path, body, expected, Json);
        using var response = await Answer(request, timeout, ends.Token, ct);
        try
        {
            return await read(response, ends.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw TimedOut(timeout);
        }
    }

    // The answer's beginning, when it is a success.
    async Task<HttpResponseMessage> Answer(HttpRequestMessage request, TimeSpan timeout, CancellationToken ends, CancellationToken ct)
    {
        _failFast.ThrowIfUnavailable();
        HttpResponseMessage? response = null;
        try
        {
            response = await clients.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ends);
            _failFast.Reset();
            if (!response.IsSuccessStatusCode)
                throw await Refusal(response, ends);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (ct.IsCancellationRequested)
                throw;
            switch (e)
            {
                case OperationCanceledException:
                    var late = TimedOut(timeout);
                    if (timeout <= _usual)
                        _failFast.Trip(late);
                    throw late;
                case HttpRequestException or IOException:
                    var away = Unavailable(Innermost(e), e);
                    _failFast.Trip(away);
                    throw away;
                default:
                    throw;
            }
        }
    }

    HttpRequestMessage Request(HttpMethod method, string path, object? body, long? expected, MediaTypeWithQualityHeaderValue accept)
    {
        if (key is { Length: 0 })
            throw new ServiceException(service, ServiceFailure.NoKey,
                "the key of the internal API is not set: set Api__Key, 16 characters or more, to the same for all services");
        var root = address.Find() ?? throw new ServiceException(service, ServiceFailure.Unavailable,
            $"it is not known where it answers: set {address.Setting}, for example http://{service}:8080");
        HttpRequestMessage request = new(method, new Uri(root, path)) { Version = HttpVersion.Version11 };
        request.Headers.Accept.Add(accept);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (expected is 0)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        else if (expected is { } revision)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"")));
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: ServiceJson.Options);
        return request;
    }

    async Task<T> Read<T>(HttpResponseMessage response, CancellationToken ct)
    {
        var body = await Body(response, LargestAnswer, ct);
        try
        {
            return JsonSerializer.Deserialize<T>(body, ServiceJson.Options) ?? throw Unexpected("answered nothing");
        }
        catch (JsonException e)
        {
            throw Unexpected(string.Create(CultureInfo.InvariantCulture,
                $"answered {body.Length:#,0} bytes that are not what was asked for: {Slice(Encoding.UTF8.GetString(body))}"), e);
        }
    }

    async Task<byte[]> Body(HttpResponseMessage response, int largest, CancellationToken ct)
    {
        using MemoryStream body = new();
        try
        {
            await using var stream = new BoundedBody(await response.Content.ReadAsStreamAsync(ct), largest,
                () => Unexpected($"answered with more than {largest / 1024:#,0} KB"));
            await stream.CopyToAsync(body, ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Unexpected(string.Create(CultureInfo.InvariantCulture,
                $"broke off after {body.Length:#,0} bytes: {Slice(Encoding.UTF8.GetString(body.ToArray()))}"), e);
        }
        return body.ToArray();
    }

    // Problem details; or whatever stands before the service.
    async Task<ServiceException> Refusal(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (key is not null && status == StatusCodes.Status401Unauthorized)
            return new(service, ServiceFailure.Refused, "its internal API has another key: set the same Api__Key for all services", status);
        var body = await Body(response, LargestProblem, ct);
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json" && Problem.Read(body) is { } problem)
            return new(service, ServiceFailure.Refused, problem.Detail ?? problem.Title ?? Plain(response), status, problem.Faults);
        // Without a key its internal API is off, which only looks like something that is not there.
        return status == StatusCodes.Status404NotFound && body.Length == 0
            ? new(service, ServiceFailure.Unexpected, "the internal API is off there: set the same Api__Key for all services", status)
            : new(service, ServiceFailure.Unexpected, $"answered {Plain(response)}{(body.Length == 0 ? ""
                : $": {Slice(Encoding.UTF8.GetString(body))}")}", status);
    }

    static string Plain(HttpResponseMessage response) => $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();

    ServiceException TimedOut(TimeSpan timeout) => new(service, ServiceFailure.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0} seconds"));

    ServiceException Unavailable(string reason, Exception inner) => new(service, ServiceFailure.Unavailable, reason, inner: inner);

    ServiceException Unexpected(string reason, Exception? inner = null) => new(service, ServiceFailure.Unexpected, reason, inner: inner);

    static string Innermost(Exception e) => e.GetBaseException().Message;

    /// <summary>The beginning of what came, in one line.</summary>
    static string Slice(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "nothing" : line.Length <= LongestSlice ? $"“{line}”" : $"“{line[..LongestSlice]}…”";
    }

    sealed record Problem(string? Title, string? Detail, IReadOnlyList<string>? Faults)
    {
        public static Problem? Read(byte[] body)
        {
            try
            {
                return JsonSerializer.Deserialize<Problem>(body, ServiceJson.Options);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
