using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sigma.Storage.Schema;

/// <summary>An id as 16 bytes, in the order it is written in.</summary>
internal sealed class IdBytes() : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));

/// <summary>A time as milliseconds since 1970. Arithmetic on the column itself is not translated: put it on the parameter's side.</summary>
internal sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));

/// <summary>A time of the former tracker's tables, which is UTC and does not say so.</summary>
internal sealed class UtcTime() : ValueConverter<DateTime, DateTime>(time => time, stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));

/// <summary>Labels as JSON, in their order.</summary>
internal sealed class LabelsText() : ValueConverter<Dictionary<string, string>, string>(
    labels => JsonSerializer.Serialize(labels, JsonSerializerOptions.Default),
    text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, JsonSerializerOptions.Default)!);

/// <summary>Sees a label that was changed inside its dictionary.</summary>
internal sealed class LabelsComparer() : ValueComparer<Dictionary<string, string>>(
    (one, other) => one == other || (one != null && other != null && one.SequenceEqual(other)),
    labels => labels.Aggregate(0, (hash, label) => HashCode.Combine(hash, label.Key, label.Value)),
    labels => new Dictionary<string, string>(labels));
