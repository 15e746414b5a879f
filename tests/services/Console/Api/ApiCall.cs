using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Sigma.ServiceTests.Console.Api;

/// <summary>An operation of the document, and a request of it that is right: with its own example as the body.</summary>
internal sealed record ApiCall(string Method, string Path, JsonElement Operation)
{
    static readonly string[] Verbs = ["get", "post", "put", "delete", "patch"];

    public string Name => Operation.GetProperty("operationId").GetString()!;

    public bool Changes => Method != "get";

    public bool HasBody => Operation.TryGetProperty("requestBody", out _);

    public JsonElement? Example => HasBody && Operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
        .TryGetProperty("example", out var example) ? example : null;

    /// <summary>The statuses that the document says it may answer.</summary>
    public IReadOnlyList<int> Statuses =>
        [.. Operation.GetProperty("responses").EnumerateObject()
            .Select(answer => int.Parse(answer.Name, CultureInfo.InvariantCulture))];

    /// <summary>All of a document.</summary>
    public static IReadOnlyList<ApiCall> Of(JsonElement document) => [.. document.GetProperty("paths").EnumerateObject().SelectMany(path =>
        path.Value.EnumerateObject().Where(operation => Verbs.Contains(operation.Name))
            .Select(operation => new ApiCall(operation.Name, path.Name, operation.Value)))];

    static bool IsNumber(JsonElement parameter) => parameter.GetProperty("schema") is var schema
        && schema.TryGetProperty("type", out var type) && type.ToString().Contains("integer", StringComparison.Ordinal);

    /// <summary>A request.</summary>
    /// <param name="values">Of the parameters, by their names, several in lines; those that the document does not demand are left out.</param>
    public HttpRequestMessage Request(IReadOnlyDictionary<string, string> values)
    {
        StringBuilder query = new();
        var path = Path;
        foreach (var parameter in Operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : default)
        {
            var (name, place) = (parameter.GetProperty("name").GetString()!, parameter.GetProperty("in").GetString());
            if (place == "path")
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(IsNumber(parameter) ? "1" : values[name]), StringComparison.Ordinal);
            else if (place == "query" && parameter.TryGetProperty("required", out var required) && required.GetBoolean())
                foreach (var value in values[name].Split('\n'))
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
        HttpRequestMessage request = new(new HttpMethod(Method.ToUpperInvariant()), path + query);
        if (Example is { } example)
            request.Content = new StringContent(example.GetRawText(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return request;
    }
}
