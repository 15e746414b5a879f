using System.Text;
using System.Text.Json;

namespace Sigma.ServiceTests.Console.Api.Clients;

/// <summary>Writes a client in C# from an OpenAPI document, as any generator does: a record for each schema, a method for each operation.</summary>
internal sealed class ClientGenerator(JsonElement document)
{
    public const string Namespace = "Generated", Client = "ConsoleClient";

    readonly StringBuilder _code = new();

    public string Write()
    {
        _code.AppendLine("#nullable enable").AppendLine("using System;").AppendLine("using System.Collections.Generic;")
            .AppendLine("using System.Linq;").AppendLine("using System.Net.Http;").AppendLine("using System.Net.Http.Json;")
            .AppendLine("using System.Text.Json;").AppendLine("using System.Text.Json.Serialization;").AppendLine("using System.Threading;")
            .AppendLine("using System.Threading.Tasks;").AppendLine($"namespace {Namespace};");
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
            Record(schema.Name, schema.Value);
        _code.AppendLine($"public sealed class {Client}(HttpClient http)").AppendLine("{");
        foreach (var call in ApiCall.Of(document))
            Method(call);
        _code.AppendLine(Sending).AppendLine("}");
        return _code.ToString();
    }

    void Record(string name, JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties))
            return; // told apart by what it holds, or anything
        _code.AppendLine($"public sealed record {Name(name)}").AppendLine("{");
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            var type = Type(property.Value);
            var demanded = required.Contains(property.Name) ? "required " : "";
            if (demanded.Length == 0 && !type.EndsWith('?'))
                type += "?";
            _code.AppendLine($"    [JsonPropertyName(\"{property.Name}\")]")
                .AppendLine($"    public {demanded}{type} {Name(property.Name)} {{ get; init; }}");
        }
        _code.AppendLine("}");
    }

    void Method(ApiCall call)
    {
        List<string> arguments = [], query = [], headers = [];
        var path = call.Path.TrimStart('/');
        foreach (var parameter in call.Operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray() : default)
        {
            var name = parameter.GetProperty("name").GetString()!;
            var (type, argument) = (Type(parameter.GetProperty("schema")), $"@{char.ToLowerInvariant(Name(name)[0])}{Name(name)[1..]}");
            var isRequired = parameter.TryGetProperty("required", out var required) && required.GetBoolean();
            arguments.Add(isRequired ? $"{type} {argument}" : $"{type.TrimEnd('?')}? {argument}");
            switch (parameter.GetProperty("in").GetString())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", $"{{Text({argument})}}", StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"(\"{name}\", (object?){argument})");
                    break;
                default:
                    headers.Add($"(\"{name}\", (object?){argument})");
                    break;
            }
        }
        var body = call.HasBody ? call.Operation.GetProperty("requestBody") : default;
        if (call.HasBody)
            arguments.Add($"{Type(Json(body)!.Value)} body");
        arguments.Add("CancellationToken ct");
        var answer = call.Operation.GetProperty("responses").EnumerateObject().First(response => response.Name.StartsWith('2')).Value;
        var result = Json(answer) is { } schema ? Type(schema) : null;
        _code.AppendLine($"    /// <summary>{System.Net.WebUtility.HtmlEncode(call.Operation.GetProperty("summary").GetString())}</summary>")
            .AppendLine($"    public Task{(result is null ? "<HttpResponseMessage>" : $"<{result}>")} {call.Name}({string.Join(", ", arguments)}) =>")
            .AppendLine($"        {(result is null ? "Send" : $"Read<{result}>")}(\"{call.Method.ToUpperInvariant()}\", $\"{path}\", "
                + $"[{string.Join(", ", query)}], [{string.Join(", ", headers)}], {(call.HasBody ? "JsonContent.Create(body)" : "null")}, ct);");
    }

    static JsonElement? Json(JsonElement holder) => holder.TryGetProperty("content", out var content)
        && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema) ? schema : null;

    string Type(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            return document.GetProperty("components").GetProperty("schemas").GetProperty(name).TryGetProperty("properties", out _)
                ? Name(name) : "JsonElement";
        }
        if (schema.TryGetProperty("oneOf", out var any))
        {
            var others = any.EnumerateArray().Where(one => !IsNull(one)).ToList();
            return others is [var only] ? Type(only).TrimEnd('?') + "?" : "JsonElement";
        }
        if (!schema.TryGetProperty("type", out var said))
            return "JsonElement";
        var types = said.ValueKind == JsonValueKind.Array ? [.. said.EnumerateArray().Select(t => t.GetString()!)] : (string[])[said.GetString()!];
        var format = schema.TryGetProperty("format", out var form) ? form.GetString() : null;
        var type = types.Where(t => t != "null").ToList() is [var one] ? one switch
        {
            "string" => format switch { "uuid" => "Guid", "date-time" => "DateTimeOffset", _ => "string" },
            "integer" => format is "int64" or "uint64" ? "long" : "int",
            "number" => "double",
            "boolean" => "bool",
            // without a word about what is in it, it is anything
            "array" => $"IReadOnlyList<{(schema.TryGetProperty("items", out var items) ? Type(items) : "JsonElement")}>",
            "object" when schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object
                => $"IReadOnlyDictionary<string, {Type(values)}>",
            _ => "JsonElement",
        } : "JsonElement";
        return types.Contains("null") ? type + "?" : type;
    }

    static bool IsNull(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && type.GetString() == "null";

    static string Name(string name)
    {
        var parts = new string([.. name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')])
            .Split('_', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
    }

    const string Sending = """
            static string Text(object value) => Uri.EscapeDataString(value switch
            {
                DateTimeOffset time => time.ToString("O"),
                bool flag => flag ? "true" : "false",
                _ => FormattableString.Invariant($"{value}"),
            });

            async Task<HttpResponseMessage> Send(string method, string path, (string, object?)[] query, (string, object?)[] headers,
                HttpContent? body, CancellationToken ct)
            {
                var said = string.Join('&', query.SelectMany(q => q.Item2 is IEnumerable<string> many ? many.Select(one => (q.Item1, (object?)one))
                    : [(q.Item1, q.Item2)]).Where(q => q.Item2 is not null).Select(q => $"{q.Item1}={Text(q.Item2!)}"));
                using HttpRequestMessage request = new(new HttpMethod(method), said.Length == 0 ? path : $"{path}?{said}") { Content = body };
                foreach (var (name, value) in headers)
                    if (value is not null)
                        request.Headers.TryAddWithoutValidation(name, value.ToString());
                var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                answer.EnsureSuccessStatusCode();
                return answer;
            }

            async Task<T> Read<T>(string method, string path, (string, object?)[] query, (string, object?)[] headers, HttpContent? body,
                CancellationToken ct)
            {
                using var answer = await Send(method, path, query, headers, body, ct);
                return (await answer.Content.ReadFromJsonAsync<T>(ct))!;
            }
        """;
}
