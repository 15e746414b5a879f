using Microsoft.Data.Sqlite;
using Sigma.Archive.Files;

namespace Sigma.Archive.Logs.Embedded;

/// <summary>A file of lines, open for writing.</summary>
internal sealed class LogFile : IDisposable
{
    readonly SqliteConnection _connection;
    readonly SqliteCommand _begin, _commit, _rollBack, _knows, _putBatch, _putBlock, _putTerms;

    public LogFile(string path)
    {
        _connection = SqliteFile.Write(path, LogFiles.Version, LogFiles.Schema);
        _begin = Command("begin immediate");
        _commit = Command("commit");
        _rollBack = Command("rollback");
        _knows = Command("select 1 from batches where id = $id", "$id");
        _putBatch = Command("insert into batches(id) values ($id)", "$id");
        _putBlock = Command("insert into blocks(first, last, lines, head, body) values ($first, $last, $lines, $head, $body) returning id",
            "$first", "$last", "$lines", "$head", "$body");
        _putTerms = Command("insert into terms(rowid, words) values ($id, $terms)", "$id", "$terms");
    }

    /// <summary>
    /// Stores batches that the file does not have yet, in one transaction, which is on the disk afterwards. Returns which of them were new.
    /// </summary>
    public bool[] Store(IReadOnlyList<Guid> batches, Func<bool[], IEnumerable<LogBlock>> blocks)
    {
        var isNew = new bool[batches.Count];
        _begin.ExecuteNonQuery();
        try
        {
            for (var index = 0; index < batches.Count; index++)
                isNew[index] = Put(batches[index].ToByteArray(bigEndian: true));
            foreach (var block in blocks(isNew))
                Put(block);
            _commit.ExecuteNonQuery();
            return isNew;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose() => _connection.Dispose();

    bool Put(byte[] batch)
    {
        _knows.Parameters[0].Value = batch;
        if (_knows.ExecuteScalar() is not null)
            return false;
        _putBatch.Parameters[0].Value = batch;
        _putBatch.ExecuteNonQuery();
        return true;
    }

    void Put(LogBlock block)
    {
        var values = _putBlock.Parameters;
        values[0].Value = block.First;
        values[1].Value = block.Last;
        values[2].Value = block.Lines;
        values[3].Value = block.Head;
        values[4].Value = block.Body;
        _putTerms.Parameters[0].Value = _putBlock.ExecuteScalar();
        _putTerms.Parameters[1].Value = block.Terms;
        _putTerms.ExecuteNonQuery();
    }

    void RollBack()
    {
        try
        {
            _rollBack.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // a full disk and a damaged file end the transaction by themselves
        }
    }

    SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter, Value = DBNull.Value });
        command.Prepare();
        return command;
    }
}
