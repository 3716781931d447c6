using System.Text;

namespace Molino.Storage.Sqlite.Native;

/// <summary>A compiled statement. Bindings stay until they are replaced; spans of columns are valid until the next step or reset.</summary>
internal sealed unsafe class NativeStatement(NativeConnection connection, nint handle) : IDisposable
{
    private const int TypeNull = 5;
    private const nint Transient = -1;

    private nint _handle = handle;

    public void Bind(int index, long value) => Check(NativeMethods.sqlite3_bind_int64(_handle, index, value));

    public void BindNull(int index) => Check(NativeMethods.sqlite3_bind_null(_handle, index));

    /// <summary>Binds a number, or null.</summary>
    public void Bind(int index, long? value)
    {
        if (value is { } number) Bind(index, number);
        else BindNull(index);
    }

    /// <summary>Binds bytes, which are copied.</summary>
    public void Bind(int index, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Check(NativeMethods.sqlite3_bind_zeroblob(_handle, index, 0));
            return;
        }

        fixed (byte* bytes = value) Check(NativeMethods.sqlite3_bind_blob(_handle, index, bytes, value.Length, Transient));
    }

    /// <summary>Binds text.</summary>
    public void Bind(int index, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value + '\0');
        fixed (byte* text = utf8) Check(NativeMethods.sqlite3_bind_text(_handle, index, text, utf8.Length - 1, Transient));
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var code = NativeMethods.sqlite3_step(_handle);
        return code switch
        {
            ResultCode.Row => true,
            ResultCode.Done => false,
            _ => throw Failed(code),
        };
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next use.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Runs an insert that may meet a unique key.</summary>
    /// <returns>False when the key was there; nothing changed.</returns>
    public bool TryRun()
    {
        var code = NativeMethods.sqlite3_step(_handle);
        if (code != ResultCode.Done && ResultCode.Plain(code) != ResultCode.Constraint) throw Failed(code);
        _ = NativeMethods.sqlite3_reset(_handle);
        return code == ResultCode.Done;
    }

    public void Reset() => _ = NativeMethods.sqlite3_reset(_handle);

    public long Int64(int column) => NativeMethods.sqlite3_column_int64(_handle, column);

    public bool IsNull(int column) => NativeMethods.sqlite3_column_type(_handle, column) == TypeNull;

    public ReadOnlySpan<byte> Blob(int column)
    {
        var bytes = NativeMethods.sqlite3_column_blob(_handle, column);
        return bytes is null ? default : new ReadOnlySpan<byte>(bytes, NativeMethods.sqlite3_column_bytes(_handle, column));
    }

    public string Text(int column)
    {
        var text = NativeMethods.sqlite3_column_text(_handle, column);
        return text is null ? "" : Encoding.UTF8.GetString(text, NativeMethods.sqlite3_column_bytes(_handle, column));
    }

    public void Dispose()
    {
        if (_handle == 0) return;
        _ = NativeMethods.sqlite3_finalize(_handle);
        _handle = 0;
    }

    private SqliteFailure Failed(int code)
    {
        var failure = connection.Failure(code);
        _ = NativeMethods.sqlite3_reset(_handle);
        return failure;
    }

    private void Check(int code) => connection.Check(code);
}
