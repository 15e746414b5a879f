namespace Sigma.Cli.Settings;

/// <summary>The settings of a <c>.env</c> file, read as docker compose reads it.</summary>
internal static class EnvFile
{
    /// <summary>Names of the former tracker, and what docker-compose.yml makes of them.</summary>
    static readonly Dictionary<string, string> Former = new()
    {
        ["SIGMA_CLOUD_BEARER_TOKEN"] = "Segware__BearerToken",
        ["CHAT_PRO_INSTANCE_ID"] = "ChatPro__InstanceId",
        ["CHAT_PRO_GROUP_JID"] = "ChatPro__Recipient",
        ["CHAT_PRO_BEARER_TOKEN"] = "ChatPro__Token",
        ["STORAGE_DATABASE_URI"] = "Storage__ConnectionString",
    };

    /// <summary>The file in this folder or the nearest one above; null when there is none.</summary>
    public static FileInfo? Find(DirectoryInfo? folder) =>
        folder is null ? null : new FileInfo(Path.Combine(folder.FullName, ".env")) is { Exists: true } file ? file : Find(folder.Parent);

    /// <summary>Settings by the names the configuration has for them. What has no value is not set.</summary>
    public static Dictionary<string, string?> Read(FileInfo file)
    {
        Dictionary<string, string> lines = [];
        foreach (var line in File.ReadLines(file.FullName))
            if (Parse(line) is { } setting)
                lines[setting.Name] = setting.Value;
        foreach (var (former, ours) in Former)
            if (lines.TryGetValue(former, out var value))
                lines.TryAdd(ours, value);
        // The broker that comes along is reached from outside its network at the port that is published.
        if (!lines.ContainsKey("RabbitMq__Host") && lines.TryGetValue("RABBITMQ_PORT", out var port))
            lines.TryAdd("RabbitMq__Port", port);
        return lines.ToDictionary(line => line.Key.Replace("__", ":"), line => (string?)line.Value, StringComparer.OrdinalIgnoreCase);
    }

    internal static (string Name, string Value)? Parse(string line)
    {
        line = line.Trim();
        if (line.StartsWith("export ", StringComparison.Ordinal))
            line = line[7..].TrimStart();
        var equals = line.IndexOf('=');
        if (equals <= 0 || line[0] == '#')
            return null;
        var value = Value(line[(equals + 1)..].Trim());
        return value.Length == 0 ? null : (line[..equals].TrimEnd(), value);
    }

    static string Value(string text)
    {
        if (text is ['\'', ..] && text.IndexOf('\'', 1) is > 0 and var end)
            return text[1..end];
        if (text is ['"', ..] && text.IndexOf('"', 1) is > 0 and var close)
            return text[1..close].Replace("$$", "$");
        var comment = text.StartsWith('#') ? 0 : text.IndexOf(" #", StringComparison.Ordinal);
        return (comment < 0 ? text : text[..comment]).TrimEnd().Replace("$$", "$");
    }
}
