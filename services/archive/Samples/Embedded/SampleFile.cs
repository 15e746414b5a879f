using Dapper;
using Microsoft.Data.Sqlite;
using Sigma.Archive.Bytes;
using Sigma.Archive.Files;
using Sigma.Contracts;

namespace Sigma.Archive.Samples.Embedded;

/// <summary>
/// A file of samples, open for writing. What comes is stored as it comes; when there is much of it, it is put in order by series in one transaction.
/// </summary>
internal sealed class SampleFile : IDisposable
{
    public const int Version = 1;

    public const string Kind = "samples";

    public const string Schema = """
        create table series(id integer primary key, name text not null, labels text not null);
        create index ix_series_name on series(name, labels);
        create table batches(id blob primary key) without rowid;
        create table pending(id integer primary key, samples integer not null, body blob not null);
        create table chunks(series integer not null, first integer not null, part integer not null, last integer not null, body blob not null,
            primary key(series, first, part)) without rowid
        """;

    const int LongestChunk = 2_000;

    readonly SqliteConnection _connection;
    readonly SeriesTable _series = new();
    readonly ByteWriter _writer = new();
    readonly int _mostSeries;

    public SampleFile(string path, int mostSeries)
    {
        _mostSeries = mostSeries;
        _connection = SqliteFile.Write(path, Version, Schema);
        try
        {
            ReadSeries();
            Pending = _connection.ExecuteScalar<long>("select coalesce(sum(samples), 0) from pending");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Samples that are not in order yet.</summary>
    public long Pending { get; private set; }

    /// <summary>Stores the samples of batches that the file does not have yet. They are on the disk afterwards.</summary>
    public (int Stored, int TooMany, int Duplicates) Store(IReadOnlyList<(Guid BatchId, IReadOnlyList<Sample> Samples)> batches)
    {
        var known = _series.Count;
        try
        {
            return StoreTogether(batches);
        }
        catch (SqliteException e) when (SqliteFile.IsFull(e))
        {
            // The file stays open, and those that were added are not in it.
            if (_series.Count > known)
                ReadSeries();
            throw;
        }
    }

    (int Stored, int TooMany, int Duplicates) StoreTogether(IReadOnlyList<(Guid BatchId, IReadOnlyList<Sample> Samples)> batches)
    {
        using var transaction = _connection.BeginTransaction();
        List<(long, Point)> samples = [];
        var (tooMany, duplicates) = (0, 0);
        foreach (var (batch, of) in batches)
            if (!IsNew(batch, transaction))
                duplicates++;
            else
                foreach (var sample in of)
                    if ((_series.Find(sample) ?? Add(sample, transaction)) is { } number)
                        samples.Add((number, new Point(sample.At.ToUnixTimeMilliseconds(), sample.Value)));
                    else
                        tooMany++;
        if (samples.Count > 0)
            _connection.Execute("insert into pending(samples, body) values (@Count, @body)",
                new { samples.Count, body = PendingSamples.Write(samples, _writer) }, transaction);
        transaction.Commit();
        Pending += samples.Count;
        return (samples.Count, tooMany, duplicates);
    }

    /// <summary>Puts what is pending in order.</summary>
    public void PutInOrder()
    {
        if (Pending == 0)
            return;
        using var transaction = _connection.BeginTransaction();
        List<(long Series, Point Point)> samples = new((int)Pending);
        var last = 0L;
        foreach (var (id, body) in _connection.Query<(long, byte[])>("select id, body from pending order by id", null, transaction, buffered: false))
        {
            PendingSamples.Read(body, (series, point) => samples.Add((series, point)));
            last = id;
        }
        var ordered = samples.ToArray();
        // Stable by the place: of two values at one time the later one counts.
        Array.Sort([.. ordered.Select((sample, place) => (sample.Series, sample.Point.At, place))], ordered);
        using var put = _connection.CreateCommand();
        put.Transaction = transaction;
        put.CommandText = "insert into chunks(series, first, part, last, body) values ($series, $first, $part, $last, $body)";
        foreach (var name in (string[])["$series", "$first", "$part", "$last", "$body"])
            put.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        var points = new Point[LongestChunk];
        for (var from = 0; from < ordered.Length;)
        {
            var (series, count) = (ordered[from].Series, 0);
            for (; from < ordered.Length && ordered[from].Series == series && count < LongestChunk; from++)
                points[count++] = ordered[from].Point;
            var chunk = points.AsSpan(0, count);
            put.Parameters[0].Value = series;
            put.Parameters[1].Value = chunk[0].At;
            put.Parameters[2].Value = (last << 24) + from; // told apart also where two begin at one time
            put.Parameters[3].Value = chunk[^1].At;
            put.Parameters[4].Value = Chunk.Write(chunk, _writer);
            put.ExecuteNonQuery();
        }
        _connection.Execute("delete from pending where id <= @last", new { last }, transaction);
        transaction.Commit();
        Pending = 0;
    }

    public void Dispose() => _connection.Dispose();

    void ReadSeries()
    {
        _series.Clear();
        foreach (var (id, name, labels) in _connection.Query<(long, string, string)>("select id, name, labels from series", buffered: false))
            _series.Add(SeriesName.Stored(name, labels), id);
    }

    bool IsNew(Guid batch, SqliteTransaction transaction) => _connection.Execute("insert or ignore into batches(id) values (@id)",
        new { id = batch.ToByteArray(bigEndian: true) }, transaction) > 0;

    long? Add(Sample sample, SqliteTransaction transaction)
    {
        if (_series.Count >= _mostSeries)
            return null;
        var series = SeriesName.Of(sample.Series, sample.Labels);
        var number = _connection.ExecuteScalar<long>("insert into series(name, labels) values (@Name, @Text) returning id",
            new { series.Name, series.Text }, transaction);
        _series.Add(series, number);
        return number;
    }
}
