using System.Text.Json;
using MassTransit.Serialization;

namespace Sigma.Hosting.Messaging;

/// <summary>How messages are written as JSON.</summary>
public static class MessageJson
{
    /// <summary>
    /// Without line breaks and indents, which are a third of a batch: the broker stores them and every reader passes over them. The options are
    /// those of the process.
    /// </summary>
    public static void WriteCompact()
    {
        if (SystemTextJsonMessageSerializer.Options.WriteIndented)
            SystemTextJsonMessageSerializer.Options = new JsonSerializerOptions(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };
    }
}
