using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Polly;
using Sigma.Hosting.Http;
using Sigma.Hosting.Time;

namespace Sigma.Fetcher.Sources.Prefect;

/// <summary>Where a Prefect server is, and how to authenticate.</summary>
internal sealed record PrefectServer(string BaseUrl, string AuthString, string ApiKey);

/// <summary>Asks a Prefect server for deployments and runs.</summary>
internal sealed class PrefectClient(HttpClient http, PrefectServer server, ApiResilience patience, TimeProvider time)
{
    const int PageSize = 200;
    const long Largest = 16 << 20;

    static readonly string[] Ended = [PrefectRun.Completed, PrefectRun.Failed, PrefectRun.Crashed];
    static readonly string[] NotBegun = [PrefectRun.Scheduled, PrefectRun.Pending];
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly ResiliencePipeline _calls = ApiPipeline.Create(patience, SteadyTime.OfMachine);
    readonly string _base = server.BaseUrl.TrimEnd('/');
    readonly Guid _client = Guid.NewGuid();
    volatile string? _forgeryToken;

    /// <summary>Where people look at the server.</summary>
    public string UiUrl => _base.EndsWith("/api", StringComparison.Ordinal) ? _base[..^"/api".Length] : _base;

    /// <summary>All deployments, up to 2,000.</summary>
    public Task<List<PrefectNamed>> Deployments(CancellationToken ct) =>
        Pages<PrefectNamed>("deployments/filter", 10, (limit, offset) => new { sort = "NAME_ASC", limit, offset }, ct);

    /// <summary>Flows by their ids, at most 200 at a time.</summary>
    public async Task<List<PrefectNamed>> Flows(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        List<PrefectNamed> flows = [];
        foreach (var some in ids.Chunk(PageSize))
            flows.AddRange(await Post<PrefectNamed>("flows/filter", new { flows = new { id = new { any_ = some } }, limit = PageSize }, ct));
        return flows;
    }

    /// <summary>Runs that ended after a time, the newest first, up to 5,000.</summary>
    public Task<List<PrefectRun>> EndedAfter(DateTimeOffset after, CancellationToken ct) =>
        Pages<PrefectRun>("flow_runs/filter", 25, (limit, offset) => new
        {
            sort = "END_TIME_DESC", limit, offset,
            flow_runs = new { state = new { type = new { any_ = Ended } }, end_time = new { after_ = after.UtcDateTime } },
        }, ct);

    /// <summary>Runs that should have begun before a time and have not, the earliest first, up to 1,000.</summary>
    public Task<List<PrefectRun>> NotBegunBefore(DateTimeOffset before, CancellationToken ct) =>
        Pages<PrefectRun>("flow_runs/filter", 5, (limit, offset) => new
        {
            sort = "EXPECTED_START_TIME_ASC", limit, offset,
            flow_runs = new { state = new { type = new { any_ = NotBegun } }, expected_start_time = new { before_ = before.UtcDateTime } },
        }, ct);

    /// <summary>A deployment's id.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public async Task<Guid> Deployment(string flow, string name, CancellationToken ct)
    {
        try
        {
            var found = await Send(HttpMethod.Get, $"deployments/name/{Uri.EscapeDataString(flow)}/{Uri.EscapeDataString(name)}", null, ct);
            return JsonSerializer.Deserialize<PrefectNamed>(found, Json)!.Id;
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            throw new InvalidDataException($"there is no deployment {flow}/{name}", e);
        }
    }

    /// <summary>The last run of a deployment that ended by itself; null when there is none.</summary>
    public async Task<PrefectRun?> LastEnded(Guid deployment, CancellationToken ct) => (await Post<PrefectRun>("flow_runs/filter", new
    {
        sort = "END_TIME_DESC", limit = 1,
        flow_runs = new { state = new { type = new { any_ = Ended } }, deployment_id = new { any_ = new[] { deployment } } },
    }, ct)).FirstOrDefault(run => run.EndTime is not null);

    async Task<List<T>> Pages<T>(string path, int most, Func<int, int, object> filter, CancellationToken ct)
    {
        List<T> all = [];
        for (var page = 0; page < most; page++)
        {
            var found = await Post<T>(path, filter(PageSize, page * PageSize), ct);
            all.AddRange(found);
            if (found.Count < PageSize)
                break;
        }
        return all;
    }

    async Task<List<T>> Post<T>(string path, object filter, CancellationToken ct)
    {
        var answer = await Send(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(filter, Json), ct);
        try
        {
            return JsonSerializer.Deserialize<List<T>>(answer, Json) ?? throw new InvalidDataException("Prefect answers with nothing");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(answer is [(byte)'<', ..] ? "a page instead of Prefect's answer" : "no list in Prefect's answer", e);
        }
    }

    async Task<byte[]> Send(HttpMethod method, string path, byte[]? body, CancellationToken ct)
    {
        try
        {
            return await Call(method, path, body, ct);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden && e.Message.Contains("CSRF", StringComparison.OrdinalIgnoreCase))
        {
            var token = await Call(HttpMethod.Get, $"csrf-token?client={_client}", null, ct);
            using var json = JsonDocument.Parse(token);
            _forgeryToken = json.RootElement.GetProperty("token").GetString();
            return await Call(method, path, body, ct);
        }
    }

    async Task<byte[]> Call(HttpMethod method, string path, byte[]? body, CancellationToken ct) => await _calls.ExecuteAsync(async token =>
    {
        using HttpRequestMessage request = new(method, $"{_base}/{path}");
        Authorize(request.Headers);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        if (!response.IsSuccessStatusCode)
            throw await ApiException.From(response, patience, time, token, server.AuthString, server.ApiKey);
        await using var answer = new BoundedBody(await response.Content.ReadAsStreamAsync(token), Largest,
            () => new InvalidDataException($"an answer of more than {Largest >> 20} MB"));
        using MemoryStream read = new();
        await answer.CopyToAsync(read, token);
        return read.ToArray();
    }, ct);

    void Authorize(HttpRequestHeaders headers)
    {
        if (server.ApiKey.Length > 0)
            headers.Authorization = new("Bearer", server.ApiKey);
        else if (server.AuthString.Length > 0)
            headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(server.AuthString)));
        if (_forgeryToken is { } token)
        {
            headers.Add("Prefect-Csrf-Token", token);
            headers.Add("Prefect-Csrf-Client", $"{_client}");
        }
    }
}
