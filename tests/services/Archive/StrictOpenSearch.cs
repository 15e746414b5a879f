using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Sigma.ServiceTests.Archive;

/// <summary>
/// An OpenSearch as far as the archive asks one. What the real one refuses it refuses too: content types, the last line break of a bulk, unknown
/// fields of a strict mapping, values of another type, unknown parts of a query, sizes, names of indexes.
/// </summary>
internal sealed class StrictOpenSearch : IAsyncDisposable
{
    const int MostHits = 10_000, LongestId = 512;

    readonly WebApplication _app;
    readonly Lock _lock = new();
    readonly Dictionary<string, Dictionary<string, JsonObject>> _indexes = [];
    JsonObject? _template;

    StrictOpenSearch(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Answers to the next bulks, in the place of storing anything.</summary>
    public Queue<int> Refusals { get; } = new();

    public IReadOnlyList<string> Indexes
    {
        get
        {
            lock (_lock)
                return [.. _indexes.Keys.Order()];
        }
    }

    public static async Task<StrictOpenSearch> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        StrictOpenSearch server = new(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task Answer(HttpContext http)
    {
        using StreamReader reader = new(http.Request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var body = await reader.ReadToEndAsync();
        var (status, answer) = (StatusCodes.Status200OK, (JsonNode)new JsonObject());
        try
        {
            lock (_lock)
                answer = Route(http.Request, body);
        }
        catch (Refused e)
        {
            (status, answer) = (e.Status, new JsonObject { ["error"] = new JsonObject { ["reason"] = e.Message }, ["status"] = e.Status });
        }
        http.Response.StatusCode = status;
        if (status is 429 or 503)
            http.Response.Headers.RetryAfter = "1";
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    JsonNode Route(HttpRequest request, string body)
    {
        var path = request.Path.Value!.Trim('/').Split('/');
        var type = request.ContentType?.Split(';')[0];
        return (request.Method, path) switch
        {
            ("PUT", ["_index_template", { Length: > 0 }]) => PutTemplate(Body(body, type)),
            ("POST", ["_bulk"]) when type is "application/x-ndjson" or "application/json" => Bulk(body),
            ("POST", [var indexes, "_search"]) => Search(indexes, Body(body, type)),
            ("GET", ["_cat", "indices", var indexes]) when request.Query["format"] == "json" => new JsonArray([.. Named(indexes)
                .Select(index => (JsonNode)new JsonObject { ["index"] = index })]),
            ("DELETE", [var index]) => _indexes.Remove(index) ? new JsonObject { ["acknowledged"] = true } : throw new Refused(404, "no such index"),
            ("POST", _) when type is not ("application/json" or "application/x-ndjson") =>
                throw new Refused(406, $"Content-Type header [{type}] is not supported"),
            _ => throw new Refused(405, $"Incorrect HTTP method for uri [{request.Path}] and method [{request.Method}]"),
        };
    }

    JsonObject PutTemplate(JsonObject template)
    {
        Only(template, "index_patterns", "template", "priority", "version");
        var mappings = template["template"]!["mappings"]!.AsObject();
        Only(mappings, "dynamic", "properties");
        foreach (var (_, field) in mappings["properties"]!.AsObject())
            if (field!["type"]!.GetValue<string>() is not ("long" or "integer" or "byte" or "keyword" or "text" or "object"))
                throw new Refused(400, $"No handler for type [{field["type"]}]");
        _template = template;
        return new JsonObject { ["acknowledged"] = true };
    }

    JsonObject Bulk(string body)
    {
        if (Refusals.TryDequeue(out var status))
            throw new Refused(status, "rejected execution of coordinating operation");
        if (!body.EndsWith('\n'))
            throw new Refused(400, "The bulk request must be terminated by a newline [\\n]");
        JsonArray items = [];
        var lines = body.Split('\n')[..^1];
        for (var at = 0; at < lines.Length; at += 2)
        {
            var action = Parsed(lines[at]);
            Only(action, "create");
            Only(action["create"]!.AsObject(), "_index", "_id");
            if (at + 1 >= lines.Length)
                throw new Refused(400, "The bulk request must be terminated by a newline [\\n]");
            items.Add(new JsonObject { ["create"] = Create(action["create"]!.AsObject(), Parsed(lines[at + 1])) });
        }
        return new JsonObject { ["took"] = 1, ["errors"] = items.Any(item => item!["create"]!["error"] is not null), ["items"] = items };
    }

    JsonObject Create(JsonObject action, JsonObject document)
    {
        var (index, id) = (action["_index"]!.GetValue<string>(), action["_id"]!.GetValue<string>());
        try
        {
            if (index != index.ToLowerInvariant() || index.IndexOfAny([' ', ',', '*', '?', '"', '<', '>', '|', '#', '/', '\\', ':']) >= 0)
                throw new Refused(400, $"Invalid index name [{index}]");
            if (Encoding.UTF8.GetByteCount(id) > LongestId)
                throw new Refused(400, $"id [{id}] is too long, must be no longer than 512 bytes");
            Check(document);
            if (!_indexes.TryGetValue(index, out var documents))
                _indexes[index] = documents = [];
            if (!documents.TryAdd(id, document))
                throw new Refused(409, $"[{id}]: version conflict, document already exists (current version [1])");
            return new JsonObject { ["_index"] = index, ["_id"] = id, ["status"] = 201, ["result"] = "created" };
        }
        catch (Refused e)
        {
            return new JsonObject { ["_index"] = index, ["_id"] = id, ["status"] = e.Status, ["error"] = new JsonObject { ["reason"] = e.Message } };
        }
    }

    void Check(JsonObject document)
    {
        var fields = _template?["template"]!["mappings"]!["properties"]!.AsObject()
            ?? throw new Refused(400, "there is no template: mappings would be guessed");
        foreach (var (name, value) in document)
        {
            if (fields[name] is not { } field)
                throw new Refused(400, $"mapping set to strict, dynamic introduction of [{name}] within [_doc] is not allowed");
            var isRight = field["type"]!.GetValue<string>() switch
            {
                "long" or "integer" => value is JsonValue number && number.TryGetValue<long>(out _),
                "byte" => value is JsonValue number && number.TryGetValue<long>(out var small) && small is >= -128 and <= 127,
                "keyword" => (value is JsonArray list ? [.. list] : (JsonNode?[])[value]).All(item => item is JsonValue word
                    && word.TryGetValue<string>(out var text) && Encoding.UTF8.GetByteCount(text) <= 32_766),
                "text" => value is JsonValue text && text.TryGetValue<string>(out _),
                _ => value is JsonObject,
            };
            if (!isRight)
                throw new Refused(400, $"failed to parse field [{name}] of type [{field["type"]}]");
        }
    }

    JsonObject Search(string indexes, JsonObject body)
    {
        Only(body, "query", "size", "sort", "search_after", "timeout", "track_total_hits", "aggs");
        var size = body["size"]?.GetValue<int>() ?? 10;
        if (size is < 0 or > MostHits)
            throw new Refused(400, $"Result window is too large, from + size must be less than or equal to: [{MostHits}]");
        var found = Named(indexes).SelectMany(index => _indexes[index].Select(document => (Id: document.Key, Source: document.Value)))
            .Where(document => Accepts(body["query"]!.AsObject(), document.Source)).ToList();
        JsonObject answer = new() { ["took"] = 1, ["timed_out"] = false };
        if (body["aggs"] is { } aggregations)
            answer["aggregations"] = new JsonObject { ["parts"] = Ranges(aggregations["parts"]!.AsObject(), found.Select(hit => hit.Source)) };
        var sort = body["sort"]?.AsArray().Select(by => by!.AsObject().Single()).ToList() ?? [];
        if (sort.Any(by => by.Value!["order"]!.GetValue<string>() != "desc"))
            throw new Refused(400, "only what the archive asks for is here: desc");
        var after = body["search_after"]?.AsArray();
        if (after is not null && after.Count != sort.Count)
            throw new Refused(400, $"search_after has [{after.Count}] value(s) but sort has [{sort.Count}].");
        var hits = found.Select(hit => (hit.Id, hit.Source, Key: sort.Select(by => hit.Source[by.Key]!.GetValue<long>()).ToArray()))
            .Where(hit => after is null || Compare(hit.Key, [.. after.Select(value => value!.GetValue<long>())]) < 0)
            .OrderByDescending(hit => hit.Key, Comparer<long[]>.Create(Compare)).Take(size);
        answer["hits"] = new JsonObject { ["hits"] = new JsonArray([.. hits.Select(hit => (JsonNode)new JsonObject
        {
            ["_id"] = hit.Id, ["_source"] = hit.Source.DeepClone(), ["sort"] = new JsonArray([.. hit.Key.Select(value => (JsonNode)value)]),
        })]) };
        return answer;
    }

    static JsonObject Ranges(JsonObject aggregation, IEnumerable<JsonObject> documents)
    {
        Only(aggregation, "range", "aggs");
        var (field, all) = (aggregation["range"]!["field"]!.GetValue<string>(), documents.ToList());
        return new JsonObject { ["buckets"] = new JsonArray([.. aggregation["range"]!["ranges"]!.AsArray().Select(range =>
        {
            var within = all.Where(document => document[field]!.GetValue<long>() is var value && value >= range!["from"]!.GetValue<long>()
                && value < range["to"]!.GetValue<long>()).ToList();
            return (JsonNode)new JsonObject
            {
                ["doc_count"] = within.Count, ["levels"] = new JsonObject { ["buckets"] = new JsonArray([.. within
                    .GroupBy(document => document["level"]!.GetValue<int>())
                    .Select(level => (JsonNode)new JsonObject { ["key"] = level.Key, ["doc_count"] = (long)level.Count() })]) },
            };
        })]) };
    }

    static bool Accepts(JsonObject query, JsonObject document)
    {
        var (kind, said) = query.Single();
        var condition = said!.AsObject();
        switch (kind)
        {
            case "bool":
                Only(condition, "filter", "must_not");
                return condition["filter"]!.AsArray().All(part => Accepts(part!.AsObject(), document))
                    && !condition["must_not"]!.AsArray().Any(part => Accepts(part!.AsObject(), document));
            case "range":
                var (field, limits) = condition.Single();
                Only(limits!.AsObject(), "gte", "lt");
                var value = document[field]!.GetValue<long>();
                return value >= limits["gte"]!.GetValue<long>() && value < limits["lt"]!.GetValue<long>();
            case "terms":
                return condition.Single().Value!.AsArray().Any(one => one!.GetValue<int>() == document[condition.Single().Key]!.GetValue<int>());
            case "term":
                return Words(document[condition.Single().Key]).Contains(condition.Single().Value!.GetValue<string>());
            case "prefix":
                var begin = condition.Single().Value!.GetValue<string>();
                return Words(document[condition.Single().Key]).Any(word => word.StartsWith(begin, StringComparison.Ordinal));
            case "match_phrase":
                var phrase = condition.Single().Value!.GetValue<string>().Split(' ');
                var words = Words(document[condition.Single().Key]);
                return Enumerable.Range(0, Math.Max(0, words.Count - phrase.Length + 1))
                    .Any(start => words.Skip(start).Take(phrase.Length).SequenceEqual(phrase));
            default:
                throw new Refused(400, $"unknown query [{kind}]");
        }
    }

    static List<string> Words(JsonNode? field) => field is JsonArray list ? [.. list.Select(item => item!.GetValue<string>())]
        : [.. field!.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    IEnumerable<string> Named(string pattern) => pattern.EndsWith('*')
        ? _indexes.Keys.Where(index => index.StartsWith(pattern[..^1], StringComparison.Ordinal))
        : _indexes.ContainsKey(pattern) ? [pattern] : [];

    static int Compare(long[] one, long[] other)
    {
        for (var at = 0; at < one.Length; at++)
            if (one[at] != other[at])
                return one[at].CompareTo(other[at]);
        return 0;
    }

    static JsonObject Body(string body, string? type) =>
        type == "application/json" ? Parsed(body) : throw new Refused(406, $"Content-Type header [{type}] is not supported");

    static JsonObject Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text)!.AsObject();
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new Refused(400, string.Create(CultureInfo.InvariantCulture, $"Malformed content: {e.Message}"));
        }
    }

    static void Only(JsonObject node, params string[] known)
    {
        if (node.FirstOrDefault(part => !known.Contains(part.Key)).Key is { } unknown)
            throw new Refused(400, $"unknown key [{unknown}]");
    }

    sealed class Refused(int status, string reason) : Exception(reason)
    {
        public int Status => status;
    }
}
